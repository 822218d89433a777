"""What an organiser says to a proposal: accept places one by one or all, accept a merge or a split, or leave them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from ..accounts.models import User
from ..errors import Refused
from ..extensions import db
from ..wording import count
from .actions_themes import merge_themes, split_theme
from .analysing import themes_of
from .curation import Changes
from .deciding import done, new_theme
from .models import CurationEntry, Statement, SuggestedTheme, Theme, ThemeRun
from .proposals import Change, open_places, open_proposal
from .taken_titles import shown_title

DECIDED = "This part of the proposal was decided meanwhile, or does not fit the board any more. Nothing was changed."


def accept_places(
    run: ThemeRun, suggestion_ids: Collection[int], actor: User, now: datetime, seen: int | None = None
) -> CurationEntry | None:
    """Put the statements of these suggestions where the run proposes; one that a person placed meanwhile stays."""
    standing = {theme.id: theme for theme in themes_of(run.board)}
    chosen = [(suggestion, said) for suggestion, said in open_places(run) if suggestion.id in suggestion_ids]
    changes, new, taken = Changes(), dict[int, Theme](), 0
    wanted = {suggestion.new_theme_id for suggestion, _ in chosen if suggestion.new_theme_id is not None}
    query = select(SuggestedTheme).where(SuggestedTheme.id.in_(wanted)).order_by(SuggestedTheme.id)
    for suggested in db.session.scalars(query):
        new[suggested.id] = new_theme(run.board, shown_title(run.board, suggested.title), changes)
        new[suggested.id].suggested = suggested.suggested
    for suggestion, statement in chosen:
        theme = new.get(suggestion.new_theme_id or 0) or standing.get(suggestion.theme_id or 0)
        if theme is not None:
            changes.set_placement(statement, [theme.id, True, actor.id, suggestion.confidence])
            taken += 1
    made = f" and {count(len(new), 'new theme')}" if new else ""
    summary = f"Accepted {count(taken, 'suggestion')}{made} of the analysis"
    return done(run.board, changes, "accept", summary, actor, now, seen, "")


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


def decline_places(run: ThemeRun, suggestion_ids: Collection[int]) -> int:
    """Leave the statements of these suggestions where they are; the next analysis may propose them again."""
    declined = [suggestion for suggestion, _ in open_places(run) if suggestion.id in suggestion_ids]
    for suggestion in declined:
        suggestion.declined = True
    db.session.commit()
    return len(declined)


def decline_change(run: ThemeRun, change_id: int) -> None:
    """Leave the themes as they are."""
    _open_change(run, change_id).suggested.declined = True
    db.session.commit()


def _open_change(run: ThemeRun, change_id: int) -> Change:
    found = next((each for each in open_proposal(run).changes if each.suggested.id == change_id), None)
    if found is None:
        raise Refused(DECIDED)
    return found
