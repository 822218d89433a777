"""The review queue: one doubtful statement at a time, decided by a key or a button."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..wording import now
from . import actions, doubts, queries
from .finding import themes_of
from .forms import seen_version, ticked, why
from .models import Board, Statement, Theme
from .statement_lists import statements_on
from .views import about_project, bp, lists_of, say

# A cookie holds some 4,000 characters, and the sign-in needs some of them.
MOST_PUT_OFF, MOST_BOARDS = 200, 2


@bp.get("/series/<int:series_id>/themes/review")
@auth_required()
def review(series_id: int) -> str:
    series, board = queries.board_for(current_user, series_id, about_project(), "editor")
    if board is None:
        return render_template("themes/empty.html", series=series, about_project=about_project())
    return _page(board)


def _page(board: Board) -> str:
    standing = themes_of(board)
    queue = doubts.queue_of(board, standing, _put_off(board))
    return render_template(
        "themes/review.html",
        series=board.series,
        board=board,
        themes=standing,
        queue=queue,
        minutes=doubts.minutes_left(queue, doubts.pace_of(board, current_user, now())),
        run=queries.latest_run(board),
        typed=request.form,
        **lists_of(board),
    )


@bp.post("/boards/<int:board_id>/review")
@auth_required()
def review_one(board_id: int) -> BaseResponse | tuple[str, int]:
    board = queries.board_by_id(current_user, board_id, "editor")
    try:
        _decide(board)
    except DomainError as error:
        db.session.rollback()
        flash(f"{error} Nothing was changed.", "bad")
        return _page(board), error.status
    about = "project" if board.about_project else None
    return redirect(url_for("themes.review", series_id=board.series_id, about=about), 303)


def _decide(board: Board) -> None:
    found = statements_on(board, ticked())
    if not found:
        raise DomainError("That statement is no longer part of what was received.")
    if request.form.get("do") == "later":
        _put_off_one(board, found[0])
        return
    place = _place_chosen(board)
    say(actions.move_statements(found[:1], place, current_user, now(), seen_version(), why()))


def _place_chosen(board: Board) -> Theme | None:
    """The theme that the button names, or none where it says nowhere."""
    verb = request.form.get("do", "")
    if verb == "nowhere":
        return None
    names = {"yes": request.form.get("suggested", ""), "there": request.form.get("to", "")}
    theme = {str(each.id): each for each in themes_of(board)}.get(names.get(verb, ""))
    if theme is None:
        raise DomainError("Choose the theme that it belongs to.")
    return theme


def _put_off(board: Board) -> list[int]:
    return session.get("put_off", {}).get(str(board.id), [])


def _put_off_one(board: Board, statement: Statement) -> None:
    """Remember in this browser that it was put off; what was put off first comes first when all were. Sessions are
    written with their keys sorted, so that of several boards any may be forgotten, and never this one."""
    kept = [each for each in _put_off(board) if each != statement.id][-MOST_PUT_OFF:]
    others = [each for each in session.get("put_off", {}).items() if each[0] != str(board.id)]
    session["put_off"] = dict([*others, (str(board.id), [*kept, statement.id])][-MOST_BOARDS:])
