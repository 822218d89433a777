"""Numbers that no row can have, in addresses and in forms: no page, and no failure in the database."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_event, make_series, make_table
from tests.themes.factories import make_board, make_statements, make_theme
from webapp.accounts.models import User
from webapp.row_ids import row_id

BEYOND = (2**31, 2**63, 10**60)


def addresses(app: Flask, number: int) -> list[tuple[str, str]]:
    """Every address that holds an id, with its method, every id replaced by the number."""
    words = {"<code>": "DEMO", "<token>": "none", "<ext>": "csv", "<slug>": "none", "<key>": "none", "<paragraph>": "1"}
    found = []
    for rule in app.url_map.iter_rules():
        if "<int:" in rule.rule:
            address = re.sub(r"<int:\w+>", str(number), re.sub(r"<any\('?(\w+).*?>", r"\1", rule.rule))
            for old, new in words.items():
                address = address.replace(old, new)
            found += [(method, address) for method in rule.methods & {"GET", "POST"}]
    return found


@pytest.mark.parametrize("number", BEYOND)
def test_an_id_that_no_row_can_have_is_nobodys(app: Flask, signed_in: FlaskClient, number: int) -> None:
    make_event(code="DEMO")
    answers = {signed_in.open(address, method=method).status_code for method, address in addresses(app, number)}
    # 405: Werkzeug's answer where the address stands once for GET and once for POST.
    assert answers <= {404, 405}


@pytest.mark.parametrize("number", BEYOND)
def test_a_filter_by_an_id_that_no_row_can_have_is_no_failure(
    signed_in: FlaskClient, organiser: User, number: int
) -> None:
    series = make_series(organiser)
    make_event(series)
    table = make_table()
    inside = f"/series/{series.id}"
    asked = (
        f"{inside}/report?event={number}",
        f"{inside}/statements?theme={number}&event={number}&page={number}",
        f"{inside}/collect/responses?event={number}&page={number}",
        f"{inside}/events/new?copy={number}",
        f"/t/{table.token}?deleted={number}",
    )
    assert [signed_in.get(address).status_code for address in asked] == [404, 200, 200, 200, 200]


@pytest.mark.parametrize("number", BEYOND)
def test_a_version_that_none_can_have_is_no_failure(signed_in: FlaskClient, organiser: User, number: int) -> None:
    """As one that is no number: the board tells all that was decided, and the editor asks nothing of the version."""
    board = make_board(make_event(make_series(organiser)))
    make_theme(board, "Targets", make_statements(board, ["There are too many targets."]))
    state = f"/boards/{board.id}/state"
    assert signed_in.get(f"{state}?since={number}").json == signed_in.get(f"{state}?since=x").json
    editor = f"/series/{board.series_id}/report/edit"
    key = re.findall(r'name="key" value="([^"]+)"', signed_in.get(editor).text)[-1]
    for act in ("write", "delete", "take", "keep", "take_all"):
        answers = [
            signed_in.post(editor, data={"do": act, "key": key, "text": f"{act} {version}", "version": version})
            for version in ("x", number)
        ]
        assert answers[0].status_code == answers[1].status_code, act


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e3", "²", "٣", "1\x00", "2147483648", "9" * 5000])
def test_what_is_no_id_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        row_id(typed)


def test_the_largest_id_is_one() -> None:
    assert row_id("2147483647") == 2147483647
