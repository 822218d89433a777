"""A series with something in every table that goes with it."""

from typing import Any

from tests.factories import (
    NOON,
    make_event,
    make_floor_question,
    make_note,
    make_question,
    make_response,
    make_series,
    make_session,
    make_table,
)
from tests.report.factories import make_theme, place
from webapp.accounts.models import User
from webapp.collect.models import FloorBacking, GroupNoteRevision, NewsSubscriber
from webapp.collect.models_hall import FloorDecision, FloorRules, TableAgreement
from webapp.collect.models_imports import CardPrint, FileImport, RememberedMapping
from webapp.extensions import db
from webapp.programme.models import Event, Series
from webapp.report import editing, publishing
from webapp.report.drafts import assembled_for
from webapp.report.models_brand import SeriesBrand
from webapp.themes import actions, undoing
from webapp.themes.models import (
    Board,
    MapPoint,
    Statement,
    SuggestedChange,
    SuggestedTheme,
    Suggestion,
    Theme,
    ThemeRun,
)
from webapp.themes.reading import read_statements

NAME = "Zebedee Quill"
# Cut only when an edition has printed it.
PRINTED_NAME = "Wilhelmina Troutbeck"
SAID = f"Targets come too late. Ask {NAME} about it — he knows. 😀 The soup was cold."


def save(*rows: Any) -> None:
    db.session.add_all(rows)
    db.session.commit()


def make_whole_series(owner: User, editor: User) -> Series:
    series = make_series(owner, title="What is carried", what_next="**Soon**")
    event = make_event(series)
    collected_in(series, event, editor)
    read_statements(event, NOON)
    curated(series, owner, editor)
    save(SeriesBrand(series_id=series.id, organisation="The council", colour="#123456"))
    reported(series, owner)
    return series


def collected_in(series: Series, event: Event, editor: User) -> None:
    question, table = make_question(event), make_table(make_session(event))
    make_question(event, copied_from_id=question.id)
    make_response(event, {question: SAID}, keyed_by_id=editor.id, paper_serial=7)
    make_response(event, {question: "Data are asked for twice by two departments."})
    make_response(event, {question: f"Ask {PRINTED_NAME}, she knows what becomes of the figures."})
    note = make_note(table, "Inspectors come when the year ends.", weight="several")
    floor = make_floor_question(make_session(event, kind="qa"), "Who pays for the new system?", answer="We do.")
    save(
        GroupNoteRevision(note_id=note.id, text="Inspectors come.", replaced_at=NOON),
        TableAgreement(table_id=table.id, agreed_at=NOON, agreed_by="Jo", lines=1),
        FloorBacking(floor_question_id=floor.id, backer_key="k"),
        FloorRules(session_id=floor.session_id),
        FloorDecision(session_id=floor.session_id, question_id=floor.id, actor_id=editor.id, at=NOON, verb="answer"),
        NewsSubscriber(series_id=series.id, email="news@example.org"),
        CardPrint(event_id=event.id, first=1, last=9, language="en", printed_at=NOON, printed_by_id=editor.id),
        RememberedMapping(series_id=series.id, fingerprint="f", mapping={"b": 1, "a": 2}, used_at=NOON),
        file_import(series, editor, "done"),
        file_import(series, editor, "checked"),
    )


def file_import(series: Series, editor: User, state: str) -> FileImport:
    return FileImport(
        series_id=series.id,
        started_by_id=editor.id,
        filename="a.csv",
        uploaded_at=NOON,
        tool="plain",
        fingerprint="f",
        id_scope="f",
        state=state,
        content=b"names",
    )


def curated(series: Series, owner: User, editor: User) -> None:
    board = db.session.scalars(
        db.select(Board).where(Board.series_id == series.id).order_by(Board.about_project)
    ).first()
    assert board is not None
    theme, other = make_theme(board, "Targets"), make_theme(board, "Data")
    statements = list(db.session.scalars(db.select(Statement).order_by(Statement.id)))
    for statement in statements:
        statement.facet_guess, statement.vector, statement.encoder = "problem", bytes(range(8)), "one"
        place(statement, theme)
    run = ThemeRun(board_id=board.id, state="done", asked_by_id=owner.id, asked_at=NOON)
    save(run, ThemeRun(board_id=board.id, state="running", asked_by_id=owner.id, asked_at=NOON))
    new = SuggestedTheme(run_id=run.id, title="Soup")
    save(new, SuggestedChange(run_id=run.id, kind="merge", theme_ids=[theme.id, other.id]))
    save(
        Suggestion(run_id=run.id, statement_id=statements[0].id, new_theme_id=new.id, confidence=0.1),
        MapPoint(statement_id=statements[0].id, x=0.1, y=1 / 3),
    )
    decided(statements, other, owner, editor)


def decided(statements: list[Statement], other: Theme, owner: User, editor: User) -> None:
    moved = actions.move_statements(statements[-2:], other, editor, NOON)
    assert moved is not None
    undoing.undo(moved, owner, NOON)
    actions.move_statements(statements[-1:], other, editor, NOON)
    named = next(each for each in statements if NAME in each.text)
    start = named.text.index(NAME)
    # The first is undone, and the second overlaps it: what it looked like stays behind all the same.
    first = actions.redact(named, [(start, start + 7)], "person", owner, NOON)
    assert first is not None
    undoing.undo(first, owner, NOON)
    actions.redact(named, [(start, start + len(NAME))], "name", owner, NOON)


def reported(series: Series, owner: User) -> None:
    parts = [part for part in assembled_for(series).parts if not part.fixed and part.shown]
    part = next(part for part in parts if part.section_key.startswith("theme"))
    editing.write_paragraph(series, None, part.key, "What they **said** of it.", owner, NOON)
    editing.add_paragraph(series, None, part.section_key, part.key, f"{PRINTED_NAME} helps.", owner, NOON)
    publishing.publish(series, None, owner, NOON)
    printed = db.session.scalars(db.select(Statement).where(Statement.text.contains(PRINTED_NAME))).one()
    actions.redact(printed, [(4, 4 + len(PRINTED_NAME))], "name", owner, NOON)
