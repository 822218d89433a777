"""Reads for the report: everything in a fixed number of queries, however much was said."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from ..collect.models import FloorBacking, FloorQuestion, GroupNote, Response
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession, Series
from ..themes.models import Board, CurationEntry, Placement, Statement, Theme, ThemeRun
from ..themes.queries import boards_of
from ..wording import count
from .document import Report
from .drafting import draft
from .heard import EventFacts, Heard, Material, RunFacts, ThemeFacts

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
    Statement.weight,
    Statement.consent,
    Statement.start,
    Statement.text,
    Statement.duplicate_of_id,
    Statement.withheld,
    Statement.practice_vouched_by,
    Statement.floor_question_id,
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
            Statement.retired_at.is_(None),
            Statement.withheld.is_(None),
            Statement.duplicate_of_id.is_(None),
        )
    )
    return db.session.scalar(query) or 0


def state_in_words(series: Series) -> str:
    """What the corridor says of the report."""
    themes = theme_count(series)
    return f"{count(themes, 'theme')} to report" if themes else "nothing to report yet"


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
    backings = backings_of(boards)
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
            consent=said.consent,
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
        )
        for said in db.session.execute(query)
    ]


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
    return [RunFacts(run.finished_at, run.versions or {}) for run in db.session.scalars(query)]


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


def event_facts(events: Sequence[Event]) -> list[EventFacts]:
    """What was received at each event, counted in four queries."""
    ids = [event.id for event in events]
    kinds: dict[int, list[str]] = {}
    sessions = select(EventSession.event_id, EventSession.kind).where(EventSession.event_id.in_(ids))
    for event_id, kind in db.session.execute(sessions):
        kinds.setdefault(event_id, []).append(kind)
    responses = responses_by_kind(ids)
    notes = notes_by_session_kind(ids)
    asked = floor_questions_by_event(ids)
    return [
        EventFacts(
            id=event.id,
            title=event.title,
            place=event.place,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            invited=event.invited,
            attended=event.attended,
            session_kinds=tuple(dict.fromkeys(kinds.get(event.id, ()))),
            organisation_types=dict(responses.get(event.id, {})),
            responses=sum(responses.get(event.id, Counter()).values()),
            tables=notes.get((event.id, False), (0, 0))[0],
            notes=notes.get((event.id, False), (0, 0))[1],
            floor_questions=asked.get(event.id, 0),
            presentations=notes.get((event.id, True), (0, 0))[0],
            key_points=notes.get((event.id, True), (0, 0))[1],
        )
        for event in events
    ]


def responses_by_kind(event_ids: list[int]) -> dict[int, Counter[str]]:
    """Event id -> organisation type -> responses that stand."""
    query = (
        select(Response.event_id, Response.organisation_type, func.count())
        .where(Response.event_id.in_(event_ids), Response.withdrawn_at.is_(None))
        .group_by(Response.event_id, Response.organisation_type)
    )
    found: dict[int, Counter[str]] = {}
    for event_id, kind, number in db.session.execute(query):
        found.setdefault(event_id, Counter())[kind] += number
    return found


def notes_by_session_kind(event_ids: list[int]) -> dict[tuple[int, bool], tuple[int, int]]:
    """(event id, whether in presentations) -> (tables or scribes that wrote, notes that stand)."""
    presentation = EventSession.kind == "presentation"
    query = (
        select(EventSession.event_id, presentation, func.count(func.distinct(GroupNote.table_id)), func.count())
        .select_from(GroupNote)
        .join(DiscussionTable, DiscussionTable.id == GroupNote.table_id)
        .join(EventSession, EventSession.id == DiscussionTable.session_id)
        .where(EventSession.event_id.in_(event_ids), GroupNote.deleted_at.is_(None))
        .group_by(EventSession.event_id, presentation)
    )
    return {(event_id, bool(kind)): (tables, notes) for event_id, kind, tables, notes in db.session.execute(query)}


def floor_questions_by_event(event_ids: list[int]) -> dict[int, int]:
    """Event id -> questions from the floor that are not hidden."""
    query = (
        select(EventSession.event_id, func.count())
        .select_from(FloorQuestion)
        .join(EventSession, EventSession.id == FloorQuestion.session_id)
        .where(EventSession.event_id.in_(event_ids), FloorQuestion.hidden_at.is_(None))
        .group_by(EventSession.event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
