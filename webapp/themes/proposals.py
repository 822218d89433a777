"""The open part of what an analysis proposes: what nobody has accepted, declined or decided otherwise since."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ..extensions import db
from .finding import themes_of
from .models import EVIDENCE, Placement, Statement, SuggestedChange, SuggestedTheme, Suggestion, Theme, ThemeRun
from .taken_titles import shown_title


@dataclass(frozen=True)
class Group:
    """Places that are proposed together: into a standing theme, into a new one, or from other themes into one."""

    key: str
    kind: str  # new, into, move
    title: str
    theme: Theme | None
    suggested: SuggestedTheme | None
    places: list[tuple[Suggestion, Statement]]


@dataclass(frozen=True)
class Change:
    """A merge or a split that is proposed; the parts are (title, statements) of what would leave the theme."""

    suggested: SuggestedChange
    themes: list[Theme]
    parts: list[tuple[str, list[Statement]]]


@dataclass(frozen=True)
class OpenProposal:
    """All of a run's proposal that is still to be decided."""

    groups: list[Group]
    changes: list[Change]

    @property
    def statements(self) -> int:
        return sum(len(group.places) for group in self.groups)


def open_places(run: ThemeRun) -> list[tuple[Suggestion, Statement]]:
    """The run's suggestions for statements that no person placed or declined, and that do not stand there already."""
    query = (
        select(Suggestion, Statement)
        .join(Statement, Suggestion.statement_id == Statement.id)
        .outerjoin(Placement, Placement.statement_id == Statement.id)
        .where(
            Suggestion.run_id == run.id,
            Suggestion.declined.is_(False),
            *EVIDENCE,
            or_(
                Placement.id.is_(None),
                Placement.by_person.is_(False) & Placement.theme_id.is_distinct_from(Suggestion.theme_id),
            ),
        )
        .options(joinedload(Statement.event), joinedload(Statement.placement).joinedload(Placement.theme))
        .order_by(Suggestion.id)
    )
    return [(suggestion, statement) for suggestion, statement in db.session.execute(query)]


def open_proposal(run: ThemeRun) -> OpenProposal:
    """What is left to decide, new themes first."""
    standing = {theme.id: theme for theme in themes_of(run.board)}
    together: dict[tuple[str, int], list[tuple[Suggestion, Statement]]] = defaultdict(list)
    for suggestion, statement in open_places(run):
        kind = "new" if suggestion.new_theme_id else "move" if statement.placement else "into"
        target = suggestion.new_theme_id or suggestion.theme_id or 0
        if kind == "new" or target in standing:
            together[kind, target].append((suggestion, statement))
    wanted = [target for kind, target in together if kind == "new"]
    new = {each.id: each for each in db.session.scalars(select(SuggestedTheme).where(SuggestedTheme.id.in_(wanted)))}
    order = ("new", "into", "move")
    groups = []
    for kind, target in sorted(together, key=lambda key: (order.index(key[0]), key[1])):
        suggested = new[target] if kind == "new" else None
        # A new theme that some of its statements were accepted into stands on the board already.
        theme = standing.get(suggested.theme_id or 0) if suggested else standing[target]
        title = theme.title if theme else shown_title(run.board, new[target].title)
        shown = "into" if kind == "new" and theme else kind
        groups.append(Group(f"{kind}-{target}", shown, title, theme, suggested, together[kind, target]))
    return OpenProposal(groups, _open_changes(run, standing))


def _open_changes(run: ThemeRun, standing: dict[int, Theme]) -> list[Change]:
    """Changes whose themes all stand as they did: a part holds what nobody has placed or moved meanwhile."""
    query = select(SuggestedChange).where(SuggestedChange.run_id == run.id, SuggestedChange.declined.is_(False))
    found = []
    for suggested in db.session.scalars(query.order_by(SuggestedChange.id)):
        themes = [standing[i] for i in suggested.theme_ids if i in standing]
        if len(themes) < len(suggested.theme_ids):
            continue
        parts = [(shown_title(run.board, title), _still_in(themes[0], ids)) for title, ids in suggested.parts]
        parts = [(title, statements) for title, statements in parts if statements]
        if suggested.kind == "merge" or parts:
            found.append(Change(suggested, themes, parts))
    return found


def _still_in(theme: Theme, ids: list[int]) -> list[Statement]:
    query = (
        select(Statement)
        .join(Statement.placement)
        .where(Statement.id.in_(ids), *EVIDENCE, Placement.theme_id == theme.id, Placement.by_person.is_(False))
        .order_by(Statement.id)
    )
    return list(db.session.scalars(query))


def proposes_more(run: ThemeRun) -> bool:
    """Whether the run's proposal has anything left to look at."""
    proposal = open_proposal(run)
    return bool(proposal.groups or proposal.changes)
