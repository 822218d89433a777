"""What an organiser says to a proposal: accept places one by one or all, accept a merge or a split, or leave them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..wording import count
from .actions_themes import merge_themes, split_theme
from .curation import Changes
from .deciding import done, new_theme
from .finding import themes_of
from .models import CurationEntry, Statement, SuggestedTheme, Theme, ThemeRun
from .proposals import Change, open_places, open_proposal
from .queries import open_suggestions
from .taken_titles import shown_title

DECIDED = "This part of the proposal was decided meanwhile, or does not fit the board any more. Nothing was changed."


def accept_places(
    run: ThemeRun, suggestion_ids: Collection[int], actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Put the statements of these suggestions where the run proposes; one that a person placed meanwhile stays."""
    standing = {theme.id: theme for theme in themes_of(run.board)}
    chosen = [(suggestion, said) for suggestion, said in open_places(run) if suggestion.id in suggestion_ids]
    changes, taken = Changes(), 0
    wanted = {suggestion.new_theme_id for suggestion, _ in chosen if suggestion.new_theme_id is not None}
    new, made = _themes_for(run, wanted, standing, changes)
    for suggestion, statement in chosen:
        theme = new.get(suggestion.new_theme_id or 0) or standing.get(suggestion.theme_id or 0)
        if theme is not None:
            changes.set_placement(statement, [theme.id, True, actor.id, suggestion.confidence])
            taken += 1
    themes = f" and {count(made, 'new theme')}" if made else ""
    summary = f"Accepted {count(taken, 'suggestion')}{themes} of the analysis"
    return done(run.board, changes, "accept", summary, actor, now, seen, "")


def _themes_for(
    run: ThemeRun, wanted: Collection[int], standing: Mapping[int, Theme], changes: Changes
) -> tuple[dict[int, Theme], int]:
    """The themes that the suggested ones became, by the latter's id, and how many of them had to be made now."""
    found, made = dict[int, Theme](), 0
    query = select(SuggestedTheme).where(SuggestedTheme.id.in_(wanted)).order_by(SuggestedTheme.id)
    for suggested in db.session.scalars(query):
        theme = standing.get(suggested.theme_id or 0)
        if theme is None:
            theme = new_theme(run.board, shown_title(run.board, suggested.title), changes)
            theme.suggested, suggested.theme_id, made = suggested.suggested, theme.id, made + 1
        found[suggested.id] = theme
    return found, made


def accept_suggestions(
    run: ThemeRun, theme_ids: Collection[int], new_theme_ids: Collection[int], actor: User, now: datetime
) -> CurationEntry | None:
    """Accept all that a run proposes for some themes and new themes of what stands in none."""
    chosen = {
        suggestion.id
        for suggestion, _statement in open_suggestions(run)
        if suggestion.theme_id in theme_ids or suggestion.new_theme_id in new_theme_ids
    }
    return accept_places(run, chosen, actor, now)


def accept_change(
    run: ThemeRun, change_id: int, actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Carry out a merge or a split that the run proposes, as the verb that it is."""
    change = _open_change(run, change_id)
    if change.suggested.kind == "merge":
        return merge_themes(change.themes, actor, now, None, seen, "as the analysis proposed")
    parts: dict[str, list[Statement]] = {}
    for title, statements in change.parts:
        parts[title if title not in parts else f"{title} ({len(parts) + 1})"] = statements
    return split_theme(change.themes[0], parts, actor, now, seen, "as the analysis proposed")


def decline_places(run: ThemeRun, suggestion_ids: Collection[int], actor: User, now: datetime) -> CurationEntry | None:
    """Leave the statements of these suggestions where they are; the next analysis may propose them again."""
    changes = Changes()
    for suggestion, _statement in open_places(run):
        if suggestion.id in suggestion_ids:
            changes.set(suggestion, "declined", True)
    summary = f"Left {count(len(changes.made), 'suggestion')} of the analysis aside"
    return done(run.board, changes, "decline", summary, actor, now, None, "")


def decline_change(run: ThemeRun, change_id: int, actor: User, now: datetime) -> CurationEntry | None:
    """Leave the themes as they are."""
    change, changes = _open_change(run, change_id), Changes()
    changes.set(change.suggested, "declined", True)
    titles = " and ".join(f"“{theme.title}”" for theme in change.themes)
    what = "apart" if change.suggested.kind == "merge" else "as it is"
    return done(run.board, changes, "decline", f"Left {titles} {what}", actor, now, None, "")


def _open_change(run: ThemeRun, change_id: int) -> Change:
    found = next((each for each in open_proposal(run).changes if each.suggested.id == change_id), None)
    if found is None:
        raise Refused(DECIDED)
    return found
