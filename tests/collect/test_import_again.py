import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.collect.import_files import (
    EXPORTS,
    PARTS,
    USE,
    WAY,
    brought_in,
    conference,
    counts,
    uploaded,
)
from tests.factories import NOON, make_event, make_question, make_response, make_user
from webapp.collect.import_receiving import map_file
from webapp.collect.import_running import begin, run_import
from webapp.collect.import_taking_back import take_back
from webapp.collect.models import Response
from webapp.collect.received import received_by_event
from webapp.errors import Refused
from webapp.extensions import db
from webapp.programme.queries import questions_of


@pytest.mark.parametrize("path", sorted(EXPORTS.iterdir()), ids=lambda path: path.name)
def test_the_same_file_again_adds_nothing_and_maps_itself(path: Path) -> None:
    event = conference("several_or_other")
    first = brought_in(uploaded(event, path.name))
    again = uploaded(event, path.name)
    assert (again.remembered, again.tool) == (True, first.tool)
    brought_in(again)
    assert counts(again) == (0, first.added, first.faulty)
    assert again.made_questions == []


def test_a_form_that_grew_a_question_is_still_the_same_form() -> None:
    event = conference()
    text = (EXPORTS / "surveymonkey.csv").read_text(encoding="utf-8-sig").splitlines()
    event.questions[2].kind = "several_or_other"
    brought_in(uploaded(event, "surveymonkey.csv"))
    longer = [text[0] + ",Anything else?", text[1] + ",Open-Ended Response", *(line + ",More" for line in text[2:])]
    longer.append(longer[-1].replace("10045001535", "10045001536"))
    grown = uploaded(event, "grown.csv", content="\n".join(longer).encode())
    assert not grown.remembered
    brought_in(grown)
    assert counts(grown) == (1, 3, 0)


def test_another_form_with_the_same_ids_is_another() -> None:
    event = make_event()
    head = "ID,Start time,Completion time,Email,Name,"
    row = "1,7/8/2003 15:00,7/8/2003 15:02,,,"
    brought_in(uploaded(event, "a.csv", content=f"{head}What worked?\n{row}Tea\n".encode()))
    other = uploaded(
        event, "b.csv", content=f"{head}What did not?,Why not?,Who said so?,Since when?\n{row}A,B,C,D\n".encode()
    )
    # They share their tool's own columns, and those are five of ten.
    assert counts(brought_in(other)) == (1, 0, 0)


def test_a_remembered_mapping_finds_the_same_questions_at_another_event() -> None:
    event = conference()
    brought_in(uploaded(event, "microsoft-forms.xlsx"))
    second = make_event(event.series, title="Leeds")
    own = make_question(second, text=WAY)
    imported = uploaded(second, "microsoft-forms.xlsx")
    assert imported.remembered
    assert imported.mapping["targets"][7:] == ["new:rating", "new:several_choices", f"q:{own.id}", "new:ranking"]
    assert counts(brought_in(imported)) == (3, 0, 0)
    assert len(questions_of(second)) == 4


def test_an_import_is_taken_back_exactly_and_can_come_again() -> None:
    event = conference()
    theirs = make_response(event, {event.questions[0]: "Sent from a phone"})
    imported = brought_in(uploaded(event, "microsoft-forms.xlsx"))
    assert received_by_event(event.series)[event.id].responses == 4
    assert take_back(imported, make_user(name="Bob"), NOON) == 3
    assert received_by_event(event.series)[event.id].responses == 1
    assert db.session.get(Response, theirs.id).withdrawn_at is None
    assert [question.text for question in questions_of(event)] == [WAY, USE, PARTS]
    assert (imported.state, imported.taken_back_by.name) == ("taken_back", "Bob")
    with pytest.raises(Refused):
        take_back(imported, make_user(), NOON)
    assert counts(brought_in(uploaded(event, "microsoft-forms.xlsx"))) == (3, 0, 0)


def test_an_interrupted_import_goes_on_where_it_stopped() -> None:
    event = make_event()
    content = "What?\n" + "".join(f"Text {number}\n" for number in range(1200))
    imported = uploaded(event, "long.csv", content=content.encode())
    begin(imported, "importing", NOON)
    calls = iter([NOON, NOON])
    with pytest.raises(RuntimeError):
        # The clock is asked once a chunk: the worker dies in the second one.
        run_import(imported, lambda: next(calls, None) or _die(), "UTC")
    db.session.rollback()
    assert (imported.state, imported.progress) == ("importing", 500)
    assert not begin(imported, "importing", NOON + timedelta(seconds=5))
    later = NOON + timedelta(minutes=2)
    assert begin(imported, "importing", later)
    run_import(imported, lambda: later, "UTC")
    assert (imported.state, counts(imported)) == ("done", (1200, 0, 0))


def _die() -> datetime:
    raise RuntimeError("the worker was killed")


CELLS = st.text(alphabet=st.sampled_from("aé ,;\"'\n=1★"), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12), st.sampled_from("\t;,"))
def test_any_table_comes_in_once(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("What?", "Why?", "How?"), *rows])
    said = sum(any(cell.strip() for cell in row) for row in rows)
    assume(said)
    event = make_event()
    first = uploaded(event, "any.csv", content=out.getvalue().encode())
    map_file(first, ["new:free_text"] * 3, day_first=True, add_choices=False)
    assert counts(brought_in(first)) == (said, 0, 0)
    again = brought_in(uploaded(event, "any.csv", content=out.getvalue().encode()))
    assert counts(again) == (0, said, 0)
