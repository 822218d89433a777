"""Numbers that no row can have, in addresses and in forms: no page, and no failure in the database."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_event, make_series, make_table
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


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e3", "²", "٣", "1\x00", "2147483648", "9" * 5000])
def test_what_is_no_id_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        row_id(typed)


def test_the_largest_id_is_one() -> None:
    assert row_id("2147483647") == 2147483647
