"""Statements, themes and placements, as they stand on the boards; by the rules of the report's own files."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from ..errors import NotFound
from ..extensions import db
from ..programme.queries import NOT_HERE, series_for
from ..themes.board_view import ThemeOnBoard, themes_with_counts
from ..themes.finding import themes_of
from ..themes.models import Board, Placement, Statement
from ..themes.personal import holds_personal_details
from ..themes.queries import FATE, USED, boards_of, statement_for, theme_for
from ..themes.statement_lists import FACET, Filters
from .bearer import who_asks
from .openapi import resource
from .paging import as_page, page
from .shapes_themes import (
    PlacementPage,
    PlacementQuery,
    StatementPage,
    StatementQuery,
    StatementShape,
    ThemeList,
    ThemeQuery,
    ThemeShape,
)

TAG = "Themes"
# Neither taken back nor withheld: all that may be told of anybody's words.
TELLABLE = (Statement.retired_at.is_(None), Statement.withheld.is_(None), Statement.consent != "none")
PLAIN = (
    "id event_id session_id question_id channel weight consent duplicate_of_id text read_at".split()
)  # as the column has it
COLUMNS = (
    *(getattr(Statement, name) for name in PLAIN),
    FACET.label("facet"),
    FATE.label("fate"),
    Statement.not_personal,
    Placement.theme_id,
    Board.about_project,
)


def statements_in(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*COLUMNS)
        .join(Board, Board.id == Statement.board_id)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(*TELLABLE, *conditions)
    )


def board_named(name: str | None) -> list[ColumnElement[bool]]:
    return [] if name is None else [Board.about_project.is_(name == "project")]


def statement_shown(row: Row[Any]) -> dict[str, Any]:
    """What everybody in the series may read of it by a program."""
    left_out = why_left_out(row)
    return {
        **{name: getattr(row, name) for name in (*PLAIN, "facet", "fate")},
        "board": "project" if row.about_project else "subject",
        "weight": row.weight if row.channel == "table" else None,
        "theme_id": row.theme_id if row.fate == "used" else None,
        "text": row.text.strip() if left_out is None else None,
        "left_out": left_out,
    }


def why_left_out(row: Row[Any]) -> str | None:
    """Why the statement's words are not told, for which the report's files do not print them either; None: they are."""
    if row.consent != "quote":
        return "consent"
    return "personal_details" if not row.not_personal and holds_personal_details(row.text) else None


@resource("GET", "/series/<int:series_id>/statements", TAG, "read", StatementPage, query=StatementQuery)
def list_statements(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """The statements of a series."""
    series = series_for(who_asks(), series_id)
    wanted = {
        "event": Statement.event_id,
        "session": Statement.session_id,
        "question": Statement.question_id,
        "channel": Statement.channel,
        "facet": FACET,
        "fate": FATE,
        "theme": Placement.theme_id,
    }
    narrowed = [column == asked[name] for name, column in wanted.items() if name in asked]
    if "theme" in asked:
        narrowed.append(FATE == "used")
    if "read_since" in asked:
        narrowed.append(Statement.read_at >= asked["read_since"])
    query = statements_in(Board.series_id == series.id, *board_named(asked.get("board")), *narrowed)
    return as_page(*page(query, Statement.id, asked, scalars=False), statement_shown)


@resource("GET", "/statements/<int:statement_id>", TAG, "read", StatementShape)
def get_statement(statement_id: int) -> dict[str, Any]:
    """One statement."""
    found, _board = statement_for(who_asks(), statement_id)
    row = db.session.execute(statements_in(Statement.id == found.id)).first()
    if row is None:
        raise NotFound(NOT_HERE)
    return statement_shown(row)


def theme_shown(view: ThemeOnBoard, about_project: bool) -> dict[str, Any]:
    return {
        "id": view.theme.id,
        "board": "project" if about_project else "subject",
        "number": view.number,
        "title": view.theme.title,
        "statement": view.theme.statement,
        "statements": view.statements,
        "people": view.people,
        "tables": view.tables,
        "floor_questions": view.floor,
        "presentations": view.presenters,
        "events": len(view.events),
    }


@resource("GET", "/series/<int:series_id>/themes", TAG, "read", ThemeList, query=ThemeQuery)
def list_themes(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """The themes of a series in the organiser's order, counted; with `event`, counting that event alone."""
    series = series_for(who_asks(), series_id)
    about = None if "board" not in asked else asked["board"] == "project"
    boards = [board for board in boards_of(series.id) if about in (None, board.about_project)]
    filters = Filters(event_id=asked.get("event"))
    shown = [
        theme_shown(view, board.about_project)
        for board in boards
        for view in themes_with_counts(board, themes_of(board), quotes=0, filters=filters)
        if view.statements
    ]
    return {"items": shown}


@resource("GET", "/themes/<int:theme_id>", TAG, "read", ThemeShape)
def get_theme(theme_id: int) -> dict[str, Any]:
    """One theme that stands on its board."""
    theme = theme_for(who_asks(), theme_id)
    views = themes_with_counts(theme.board, themes_of(theme.board), quotes=0)
    found = next((view for view in views if view.theme.id == theme.id and view.statements), None)
    if found is None:
        raise NotFound("This theme is not on its board any more.")
    return theme_shown(found, theme.board.about_project)


@resource("GET", "/series/<int:series_id>/placements", TAG, "read", PlacementPage, query=PlacementQuery)
def list_placements(asked: dict[str, Any], series_id: int) -> dict[str, Any]:
    """Which statement stands in which theme; `after` is the id of a statement."""
    series = series_for(who_asks(), series_id)
    query = (
        select(Placement.statement_id, Placement.theme_id, Placement.by_person, Placement.confidence)
        .join(Statement, Statement.id == Placement.statement_id)
        .join(Board, Board.id == Statement.board_id)
        .where(Board.series_id == series.id, *USED, *TELLABLE, *board_named(asked.get("board")))
    )
    for name, column in (("event", Statement.event_id), ("theme", Placement.theme_id)):
        if name in asked:
            query = query.where(column == asked[name])
    found, more = page(query, Placement.statement_id, asked, scalars=False)
    return as_page(found, more, placement_shown, "statement_id")


def placement_shown(row: Row[Any]) -> dict[str, Any]:
    placed_by = "person" if row.by_person else "software"
    return {
        "statement_id": row.statement_id,
        "theme_id": row.theme_id,
        "placed_by": placed_by,
        "confidence": None if row.by_person else row.confidence,
    }
