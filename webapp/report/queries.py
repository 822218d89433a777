"""Reads for the report: everything in a fixed number of queries, however much was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from ..collect.models import FloorBacking
from ..extensions import db
from ..programme.models import Event, EventSession, Series
from ..themes.models import EVIDENCE, Board, CurationEntry, Placement, Statement, Theme, ThemeRun
from ..themes.personal import holds_personal_details
from ..themes.queries import boards_of
from ..themes.redactions import marks_on
from .answers_given import closed_answers_at, responses_at
from .branding import brand_of
from .document import Report
from .drafting import draft
from .event_counts import event_facts
from .heard import Heard, Material, RunFacts, ThemeFacts
from .language import LANGUAGES

# Plain columns: rows of them are read several times faster than mapped objects.
HEARD_COLUMNS = (
    Statement.id,
    Statement.board_id,
    Statement.event_id,
    Statement.channel,
    Statement.speaker_key,
    Statement.organisation_type,
    Statement.facet_set,
    Statement.facet_own,
    Statement.facet_guess,
    Statement.facet_probability,
    Statement.weight,
    Statement.consent,
    Statement.start,
    Statement.text,
    Statement.duplicate_of_id,
    Statement.withheld,
    Statement.practice_vouched_by,
    Statement.not_personal,
    Statement.floor_question_id,
    Statement.words_removed_at,
)


def report_for(series: Series, event: Event | None = None, now: datetime | None = None) -> Report:
    """The draft report of a series, or of one of its events. The caller has checked who may read it; nothing in it is
    withheld, kept out by its author or retired. `now` is printed as the time of the draft."""
    return draft(material_for(series, event, now))


def material_for(series: Series, event: Event | None = None, now: datetime | None = None) -> Material:
    boards = boards_of(series.id)
    events = [event] if event is not None else list(series.events)
    return Material(
        title=series.title,
        purpose=series.purpose,
        organisers=series.organisers,
        what_next=series.what_next,
        about_bodies=series.about_bodies,
        contacts=series.contacts,
        facet_words=dict(series.facet_words),
        small_group=series.small_group,
        events=event_facts(events),
        themes=themes_of(boards),
        heard=heard_on(boards, event),
        runs=runs_of(boards),
        decisions=decisions_on(boards),
        responses=responses_at(events),
        closed=closed_answers_at(events),
        brand=brand_of(series.id),
        language=LANGUAGES[series.report_language],
        one_event=event is not None,
        events_in_series=len(series.events),
        now=now,
    )


def theme_count(series: Series) -> int:
    """How many themes on the series' subject have statements: cheap enough for every page."""
    query = (
        select(func.count(func.distinct(Placement.theme_id)))
        .join(Statement, Statement.id == Placement.statement_id)
        .join(Board, Board.id == Statement.board_id)
        .where(
            Board.series_id == series.id,
            Board.about_project.is_(False),
            *EVIDENCE,
        )
    )
    return db.session.scalar(query) or 0


def heard_on(boards: Sequence[Board], event: Event | None) -> list[Heard]:
    """Every live statement of the boards with its placement, in order of id."""
    about_project = {board.id: board.about_project for board in boards}
    query = (
        select(*HEARD_COLUMNS, Placement.theme_id, Placement.confidence, Placement.by_person, EventSession.title)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .outerjoin(EventSession, EventSession.id == Statement.session_id)
        .where(Statement.board_id.in_(about_project), Statement.retired_at.is_(None))
        .order_by(Statement.id)
    )
    if event is not None:
        query = query.where(Statement.event_id == event.id)
    backings, rows = backings_of(boards), db.session.execute(query).all()
    marks = marks_on(list(about_project)) if any("[" in said.text for said in rows) else {}
    return [
        Heard(
            id=said.id,
            about_project=about_project[said.board_id],
            event_id=said.event_id,
            session=said.title or "",
            channel=said.channel,
            speaker_key=said.speaker_key,
            organisation_type=said.organisation_type,
            facet=said.facet_set or said.facet_own or said.facet_guess or "observation",
            weight=said.weight,
            # Words by which somebody could be reached are counted, and never printed.
            consent="use" if said.consent == "quote" and _leads_to_somebody(said) else said.consent,
            words_removed=said.words_removed_at is not None,
            start=said.start,
            text=said.text,
            duplicate_of_id=said.duplicate_of_id,
            # Whoever keeps out of reports is kept out, even before the board has been told.
            withheld=said.withheld or ("consent" if said.consent == "none" else None),
            practice_vouched_by=said.practice_vouched_by,
            theme_id=said.theme_id,
            confidence=said.confidence or 0.0,
            by_person=bool(said.by_person),
            backings=backings.get(said.floor_question_id or 0, 0),
            marks=tuple(marks.get(said.id, ())),
            facet_guessed=None if said.facet_set or said.facet_own else said.facet_probability or 0.0,
        )
        for said in rows
    ]


def _leads_to_somebody(said: Row[Any]) -> bool:
    return not said.not_personal and holds_personal_details(said.text)


def backings_of(boards: Sequence[Board]) -> dict[int, int]:
    """Floor question id -> how many backed it."""
    query = (
        select(FloorBacking.floor_question_id, func.count())
        .where(
            FloorBacking.floor_question_id.in_(
                select(Statement.floor_question_id).where(Statement.board_id.in_([board.id for board in boards]))
            )
        )
        .group_by(FloorBacking.floor_question_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def themes_of(boards: Sequence[Board]) -> list[ThemeFacts]:
    """The boards' themes in the organiser's order."""
    about_project = {board.id: board.about_project for board in boards}
    query = (
        select(Theme)
        .where(Theme.board_id.in_(about_project), Theme.deleted.is_(False))
        .order_by(Theme.position, Theme.id)
    )
    return [
        ThemeFacts(
            id=theme.id,
            about_project=about_project[theme.board_id],
            title=theme.title,
            statement=theme.statement,
            central=frozenset(id_ for id_ in (theme.suggested or {}).get("central", ()) if isinstance(id_, int)),
        )
        for theme in db.session.scalars(query)
    ]


def runs_of(boards: Sequence[Board]) -> list[RunFacts]:
    """The analyses of the series' subject that ended well, oldest first."""
    query = (
        select(ThemeRun)
        .where(
            ThemeRun.board_id.in_([board.id for board in boards if not board.about_project]),
            ThemeRun.state == "done",
        )
        .order_by(ThemeRun.id)
    )
    runs = db.session.scalars(query)
    return [RunFacts(run.finished_at, run.versions or {}, (run.parameters or {}).get("sample")) for run in runs]


def decisions_on(boards: Sequence[Board]) -> dict[str, int]:
    """What people decided and did not take back: verb -> number."""
    query = (
        select(CurationEntry.verb, func.count())
        .where(
            CurationEntry.board_id.in_([board.id for board in boards]),
            CurationEntry.undone.is_(False),
            CurationEntry.undoes_id.is_(None),
            CurationEntry.actor_id.is_not(None),
        )
        .group_by(CurationEntry.verb)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
