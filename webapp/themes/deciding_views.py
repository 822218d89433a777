"""What is decided about the ticked themes and statements: one address for every verb in the bar."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError, Refused
from ..extensions import db
from ..wording import count, now
from . import actions, queries
from .finding import themes_of
from .forms import search_sent, seen_version, ticked, why
from .models import Board, CurationEntry, Statement, Theme
from .statement_lists import all_matching, statements_on
from .views import back_to, bp, lists_of, say


@dataclass(frozen=True)
class Chosen:
    """What a decision is about: the board, and what of it was ticked."""

    board: Board
    standing: list[Theme]
    themes: list[Theme]
    statements: list[Statement]

    @property
    def one_theme(self) -> Theme:
        if len(self.themes) != 1:
            raise DomainError("Tick one theme for that.")
        return self.themes[0]

    @property
    def target(self) -> Theme:
        """The theme that the statements are to go to."""
        found = {str(theme.id): theme for theme in self.standing}.get(request.form.get("to", ""))
        if found is None:
            raise DomainError("Choose the theme to move the statements to.")
        return found


@bp.post("/boards/<int:board_id>/decide")
@auth_required()
def decide(board_id: int) -> BaseResponse | tuple[str, int]:
    board = queries.board_by_id(current_user, board_id, "editor")
    try:
        chosen = _chosen(board)
        verb = VERBS.get(request.form.get("do", ""))
        if verb is None:
            raise DomainError("Choose what to do with what is ticked.")
        say(verb(chosen))
    except DomainError as error:
        db.session.rollback()
        return _not_done(board, error)
    return back_to(board)


def _chosen(board: Board) -> Chosen:
    standing, wanted = themes_of(board), set(ticked("theme"))
    statements = statements_on(board, ticked())
    if request.form.get("all"):
        statements = all_matching(board, search_sent())
        shown = request.form.get("found", "")
        if shown != str(len(statements)):
            raise Refused(f"The search finds {count(len(statements), 'statement')} now. Look at them, then repeat it.")
    return Chosen(board, standing, [theme for theme in standing if theme.id in wanted], statements)


def _not_done(board: Board, error: DomainError) -> tuple[str, int]:
    """Say what stood in the way, on a page that keeps what was ticked and typed and can be sent again."""
    themes, statements = set(ticked("theme")), statements_on(board, ticked())
    standing = themes_of(board)
    page = render_template(
        "themes/decide.html",
        series=board.series,
        board=board,
        error=error,
        typed=request.form,
        themes=standing,
        chosen_themes=[theme for theme in standing if theme.id in themes],
        statements=statements,
        found=len(all_matching(board, search_sent())) if request.form.get("search") else 0,
        **lists_of(board),
    )
    return page, error.status


def _typed(name: str) -> str:
    return request.form.get(name, "")


def _decision() -> tuple:
    """Who, when, having seen what, and why: the last arguments of every verb."""
    return current_user, now(), seen_version(), why()


def _merge(chosen: Chosen) -> CurationEntry | None:
    who, at, seen, note = _decision()
    return actions.merge_themes(chosen.themes, who, at, _typed("merged_title") or None, seen, note)


def _place(chosen: Chosen) -> CurationEntry | None:
    place = _typed("place")
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        raise DomainError("Give the place in the order as a number, 1 for the first.")
    return actions.place_theme(chosen.one_theme, int(place), *_decision())


def _split_off(chosen: Chosen) -> CurationEntry | None:
    return actions.split_theme(chosen.one_theme, {_typed("title"): chosen.statements}, *_decision())


def _suggested(chosen: Chosen) -> CurationEntry | None:
    """Each of the statements into the theme that the page suggested for it."""
    standing = {str(theme.id): theme for theme in chosen.standing}
    places = {each: standing.get(_typed(f"suggested-{each.id}")) for each in chosen.statements}
    suggested = {each: theme for each, theme in places.items() if theme}
    if chosen.statements and not suggested:
        raise DomainError("No theme is near enough to be suggested for what is ticked. Choose one yourself.")
    return actions.place_statements(suggested, *_decision())


def _apart(chosen: Chosen) -> CurationEntry | None:
    if len(chosen.statements) != 1:
        raise DomainError("Count one duplicate apart at a time.")
    return actions.keep_apart(chosen.statements[0], *_decision())


VERBS: dict[str, Callable[[Chosen], CurationEntry | None]] = {
    "merge": _merge,
    "up": lambda chosen: actions.reorder_theme(chosen.one_theme, -1, *_decision()),
    "down": lambda chosen: actions.reorder_theme(chosen.one_theme, 1, *_decision()),
    "place": _place,
    "delete": lambda chosen: actions.delete_themes(chosen.themes, *_decision()),
    "move": lambda chosen: actions.move_statements(chosen.statements, chosen.target, *_decision()),
    "suggested": _suggested,
    "nowhere": lambda chosen: actions.move_statements(chosen.statements, None, *_decision()),
    "make": lambda chosen: actions.make_theme(chosen.statements, _typed("title"), *_decision()),
    "split": _split_off,
    "facet": lambda chosen: actions.set_facet(chosen.statements, _typed("facet") or None, *_decision()),
    "practice": lambda chosen: actions.mark_practice(chosen.statements, _typed("vouched_by"), *_decision()),
    "unpractice": lambda chosen: actions.unmark_practice(chosen.statements, *_decision()),
    "withhold": lambda chosen: actions.withhold(chosen.statements, _typed("reason"), *_decision()),
    "restore": lambda chosen: actions.restore(chosen.statements, *_decision()),
    "apart": _apart,
    "not_personal": lambda chosen: actions.say_not_personal(chosen.statements, *_decision()),
}
