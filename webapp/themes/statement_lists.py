"""Lists of a board's statements, narrowed by what became of them, where and how they were said, and their words."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from ..extensions import db
from ..programme.models import Event, EventSession, Question, Series
from .models import Board, Placement, Statement
from .personal import with_personal_details
from .queries import FATE, PAGE

FACET = func.coalesce(Statement.facet_set, Statement.facet_own, Statement.facet_guess, "observation")
# What one decision can be about at most.
MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class Filters:
    """Which statements of a board a list shows; empty values do not narrow it."""

    fate: str = "received"
    theme_id: int | None = None
    event_id: int | None = None
    session_id: int | None = None
    question_id: int | None = None
    channel: str = ""
    organisation: str = ""
    facet: str = ""
    words: str = ""
    personal: str = ""

    @property
    def narrow(self) -> bool:
        """Whether they leave out anything besides what became of a statement."""
        return replace(self, fate="received", theme_id=None) != Filters()

    def in_address(self) -> dict[str, Any]:
        """As the page's address says them."""
        names = {field.name: field.name.removesuffix("_id") for field in fields(self)}
        said = {names[name]: value for name, value in vars(self).items() if value}
        return {name: value for name, value in said.items() if (name, value) != ("fate", "received")}


@dataclass(frozen=True)
class Choices:
    """What a series' statements can be narrowed by, besides channel, facet and words."""

    events: list[Event]
    sessions: list[EventSession]
    questions: list[Question]
    organisations: list[str]


def choices_of(series: Series, board: Board) -> Choices:
    """The events, sessions, questions and organisation types that the board's statements come from."""
    mine = (Statement.board_id == board.id, Statement.retired_at.is_(None))
    sessions = select(EventSession).where(EventSession.id.in_(select(Statement.session_id).where(*mine)))
    questions = select(Question).where(Question.id.in_(select(Statement.question_id).where(*mine)))
    organisations = select(Statement.organisation_type).where(*mine, Statement.organisation_type != "").distinct()
    asked: dict[str, Question] = {}
    for question in db.session.scalars(questions.order_by(Question.event_id, Question.position, Question.id)):
        asked.setdefault(question.text, question)
    return Choices(
        events=list(series.events),
        sessions=list(db.session.scalars(sessions.order_by(EventSession.event_id, EventSession.position))),
        questions=list(asked.values()),
        organisations=sorted(db.session.scalars(organisations)),
    )


def statements_matching(board: Board, filters: Filters, page: int, per_page: int = PAGE) -> tuple[list[Statement], int]:
    """One page of the board's live statements, and how many there are in all."""
    query = _narrowed(select(Statement), board, filters)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = (
        query.options(joinedload(Statement.event), joinedload(Statement.placement).joinedload(Placement.theme))
        .order_by(Placement.confidence.desc().nulls_last(), Statement.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return list(db.session.scalars(shown)), total


def all_matching(board: Board, filters: Filters) -> list[Statement]:
    """Every live statement of the board that the filters leave."""
    query = _narrowed(select(Statement), board, filters).options(joinedload(Statement.placement))
    return list(db.session.scalars(query.order_by(Statement.id).limit(MOST_AT_ONCE)))


def conditions(filters: Filters, board: Board) -> list[ColumnElement[bool]]:
    """What the filters say of where and how a statement was said, and of its words."""
    said: list[ColumnElement[bool]] = []
    if filters.event_id is not None:
        said.append(Statement.event_id == filters.event_id)
    if filters.session_id is not None:
        said.append(Statement.session_id == filters.session_id)
    if filters.question_id is not None:
        said.append(Statement.question_id.in_(_asked_alike(filters.question_id)))
    if filters.channel:
        said.append(Statement.channel == filters.channel)
    if filters.organisation:
        said.append(Statement.organisation_type == filters.organisation)
    if filters.facet:
        said.append(filters.facet == FACET)
    if filters.words:
        said.append(Statement.text.icontains(filters.words, autoescape=True))
    if filters.personal:
        said.append(Statement.id.in_(with_personal_details(board)))
    return said


def _asked_alike(question_id: int) -> Select[tuple[int]]:
    """The questions in the same words: asked at several events, they are one question to who reads the answers."""
    this = aliased(Question)
    return select(Question.id).join(this, Question.text == this.text).where(this.id == question_id)


def _narrowed(query: Select[tuple[Statement]], board: Board, filters: Filters) -> Select[tuple[Statement]]:
    query = query.outerjoin(Placement, Placement.statement_id == Statement.id).where(
        Statement.board_id == board.id, Statement.retired_at.is_(None), *conditions(filters, board)
    )
    if filters.fate != "received":
        query = query.where(filters.fate == FATE)
    if filters.theme_id is not None:
        query = query.where(Placement.theme_id == filters.theme_id)
    return query


def statements_on(board: Board, ids: Iterable[int]) -> list[Statement]:
    """Those of the ids that are live statements of this board; the others do not exist here."""
    query = select(Statement).where(
        Statement.board_id == board.id, Statement.retired_at.is_(None), Statement.id.in_(list(ids)[:5000])
    )
    return list(db.session.scalars(query.options(joinedload(Statement.placement)).order_by(Statement.id)))
