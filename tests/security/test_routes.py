"""Walks the whole URL map: every route, every method, everybody. Who may what is in `route_decisions.py`."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.conftest import browser_of
from tests.security import route_decisions as decided
from tests.security.world import EXCEPTIONS, make_place, open_the_event, people_around
from webapp.accounts.models import User
from webapp.api.models import SCOPES
from webapp.api.tokens import make_token
from webapp.extensions import db
from webapp.wording import now

# From least to most, in a series; the rest stand outside it.
IN_SERIES = ("viewer", "editor", "owner")
OUTSIDE = ("nobody", "stranger", "viewer elsewhere", "administrator")
TOKENS = {
    decided.BY_TOKEN: decided.SIGNED_IN,
    decided.TOKEN_VIEWER: decided.VIEWER,
    decided.TOKEN_EDITOR: decided.EDITOR,
}


class Route(NamedTuple):
    endpoint: str
    address: str
    method: str
    rule: Rule


def routes_of(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(rule.endpoint, rule.rule, method, rule)


def names_in(rule: Rule) -> set[str]:
    return {name for name in rule.arguments if not rule.defaults or name not in rule.defaults}


def address_of(app: Flask, route: Route, place: dict[str, Any], **others: Any) -> str:
    """An address of the route at which there is something."""
    values = {}
    for name in names_in(route.rule):
        choices = re.search(rf"<any\((.*?)\):{name}>", route.address)
        known = EXCEPTIONS.get(route.endpoint, {}).get(name, name)
        if choices:
            values[name] = choices[1].split(",")[0].strip(" '\"")
        elif known in place:
            values[name] = others.get(known, place[known])
        else:
            pytest.fail(f"{route.endpoint} has <{name}> in its address: give it a row in tests/security/world.py.")
    return app.url_map.bind("localhost").build(route.endpoint, values, method=route.method)


def may(who: str, decision: str) -> bool:
    if decision in (decided.ANYBODY, decided.LINK):
        return True
    if decision == decided.SIGNED_IN:
        return who != "nobody"
    if decision in IN_SERIES:
        return who in IN_SERIES and IN_SERIES.index(who) >= IN_SERIES.index(decision)
    return who == decision


def let_in(answer: Any) -> bool:
    """Whether the application did what was asked, or said what was wrong with it, instead of turning one away."""
    to_sign_in = answer.status_code in (302, 303) and re.match(r"(http://localhost)?/(sign-in|verify)", answer.location)
    return answer.status_code not in (401, 403, 404, 405) and not to_sign_in


def test_every_route_is_decided(app: Flask) -> None:
    undecided = [
        f"{route.method} {route.address} ({route.endpoint})"
        for route in routes_of(app)
        if decided.decision(route.endpoint, route.address, route.method) is None
    ]
    assert not undecided, "Write into DECISIONS of tests/security/route_decisions.py who may use: " + ", ".join(
        undecided
    )


def test_no_decision_is_about_a_route_that_is_gone(app: Flask) -> None:
    assert set(decided.DECISIONS) <= {route.endpoint for route in routes_of(app)}


def test_nobody_reaches_a_route_who_should_not(app: Flask) -> None:
    """Nor is anybody outside a series told that there is something: 403 is for those who belong to it."""
    place = make_place()
    people = people_around(place)
    browsers = {who: browser_of(app, user) if user else app.test_client() for who, user in people.items()}
    reached, told = [], []
    for route in routes_of(app):
        decision = decided.decision(route.endpoint, route.address, route.method) or decided.NOBODY
        if decision == decided.ADDRESS_ONLY or decision in TOKENS:
            continue
        for who, browser in browsers.items():
            if may(who, decision):
                continue
            answer = browser.open(address_of(app, route, place), method=route.method)
            said = f"{who}: {route.method} {route.address} ({answer.status_code})"
            if let_in(answer):
                reached.append(said)
            elif who in OUTSIDE[1:] and answer.status_code != 404:
                told.append(said)
    assert (reached, told) == ([], [])


def test_whoever_may_is_let_in(app: Flask) -> None:
    """Each route answers the one with the least that will do: a decision that is too strict is wrong too."""
    turned_away = []
    place, people = place_with_people()
    for route in routes_of(app):
        decision = decided.decision(route.endpoint, route.address, route.method)
        if decision in (None, decided.NOBODY, decided.ADDRESS_ONLY, *TOKENS) or route.endpoint in NEEDS_MORE:
            continue
        least = next(who for who in (*OUTSIDE[:3], *IN_SERIES, "administrator") if may(who, decision))
        if not let_in(answer_to(app, route, place, people[least])):
            # What was sent before may have deleted what is asked for now: once more, with everything in its place.
            place, people = place_with_people()
            answer = answer_to(app, route, place, people[least])
            if not let_in(answer):
                turned_away.append(f"{least}: {route.method} {route.address} ({answer.status_code})")
    assert not turned_away, "; ".join(turned_away)


def test_no_session_opens_an_address_of_the_api(app: Flask) -> None:
    place = make_place()
    browser = browser_of(app, place["owner"])
    statuses = {
        f"{route.method} {route.address}": browser.open(address_of(app, route, place), method=route.method).status_code
        for route in routes_of(app)
        if decided.decision(route.endpoint, route.address, route.method) in TOKENS
    }
    assert len(statuses) > 10
    assert set(statuses.values()) == {401}, statuses


def test_tokens_open_what_their_owners_may_and_nothing_else(app: Flask) -> None:
    """To a token of somebody outside the series there is nothing; a viewer's is told that it may not send."""
    place, people = place_with_people()
    tokens = {who: token_of(user) for who, user in people.items() if user}
    wrong = []
    for route in routes_of(app):
        decision = TOKENS.get(decided.decision(route.endpoint, route.address, route.method) or "")
        if decision is None:
            continue
        for who, token in tokens.items():
            headers = {"Authorization": f"Bearer {token}"}
            # Whole, but for its key: whoever may send is told so, and nobody else is told anything of it.
            body = {"answers": [{"question_id": place["question_id"], "text": "Said."}]}
            sent = None if route.method == "GET" else body
            address = address_of(app, route, place)
            answer = app.test_client().open(address, method=route.method, headers=headers, json=sent)
            db.session.rollback()
            expected = {403 if who in IN_SERIES else 404}
            if may(who, decision):
                expected = {200} if route.method == "GET" else {422}
            if answer.status_code not in expected:
                wrong.append(f"{who}: {route.method} {route.address} ({answer.status_code})")
    assert wrong == []


def token_of(user: User) -> str:
    _token, text = make_token(user, "Walk", list(SCOPES), now() + timedelta(days=1), now())
    return text


def answer_to(app: Flask, route: Route, place: dict[str, Any], user: User | None) -> Any:
    browser = browser_of(app, user) if user else app.test_client()
    answer = browser.open(address_of(app, route, place), method=route.method)
    db.session.rollback()
    return answer


def place_with_people() -> tuple[dict[str, Any], dict[str, Any]]:
    place = make_place()
    open_the_event(place)
    return place, people_around(place)


# What turns everybody away who comes without the step before it, or without what is to be sent.
NEEDS_MORE = {
    "security.tf_select",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.reset_password",
    "security.wan_signin_response",
    "security.wan_register_response",
    "security.wan_verify_response",
    "security.two_factor_setup_validate",
    "security.logout",
    "security.verify",
    "accounts.accept",
    "programme.copy_into_event",
    "programme.use_question_set",
    "tokens.revoke",  # a token of the person who asks, and the walk has one owner's
    "collect.read_back",  # at a discussion, and the walk's session is a Q&A
}


def test_an_address_that_mixes_two_series_opens_nothing(app: Flask) -> None:
    """The owner of one series names it in the address, and something of another behind it."""
    mine, theirs = make_place(), make_place()
    browser = browser_of(app, mine["owner"])
    reached = []
    for route in routes_of(app):
        decision = decided.decision(route.endpoint, route.address, route.method)
        names = names_in(route.rule) - {"ext", "verb", "act", "key", "number"}
        known = {EXCEPTIONS.get(route.endpoint, {}).get(name, name) for name in names}
        if decision not in IN_SERIES or "series_id" not in known or len(known) < 2:
            continue
        for other in known - {"series_id"}:
            answer = browser.open(address_of(app, route, mine, **{other: theirs[other]}), method=route.method)
            if answer.status_code != 404:
                reached.append(f"{route.method} {route.address} with another's {other} ({answer.status_code})")
    assert reached == []


def test_a_tables_link_opens_that_table_alone(app: Flask) -> None:
    mine, theirs = make_place(), make_place()
    client = app.test_client()
    reached = []
    for route in routes_of(app):
        if decided.decision(route.endpoint, route.address, route.method) != decided.LINK:
            continue
        known = {EXCEPTIONS.get(route.endpoint, {}).get(name, name) for name in names_in(route.rule)} - {"token"}
        for other in known:
            answer = client.open(address_of(app, route, mine, **{other: theirs[other]}), method=route.method)
            if answer.status_code != 404:
                reached.append(f"{route.method} {route.address} with another table's {other} ({answer.status_code})")
        unknown = client.open(address_of(app, route, mine, token="x" * 32), method=route.method)
        if unknown.status_code != 404:
            reached.append(f"{route.method} {route.address} with a made-up link ({unknown.status_code})")
    assert reached == []
