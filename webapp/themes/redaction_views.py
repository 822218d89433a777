"""Cutting words out of a statement: they are ticked one by one, or typed; what may be personal is ticked beforehand."""

import hashlib
import re
from typing import NamedTuple

from flask import render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..collect.models_sealed import CUTTING_REASONS
from ..collect.sealing import places_of
from ..errors import DomainError
from ..extensions import db
from ..programme.queries import series_for
from ..text_input import clean_text
from ..wording import now
from . import actions, queries
from .forms import seen_version, ticked, why
from .models import Board, Statement
from .personal import details_in
from .redacting import mark_for, marks_of
from .views import back_to, bp, lists_of, say

EDGES = ".,;:!?…()[]{}\"'“”‘’«»"
REASON_OF = {"name": "name", "National Insurance number": "number", "NHS number": "number"}


class Word(NamedTuple):
    """A stretch of a statement's text without space in it, or a mark that stands for words which were cut.

    `start` and `end` leave out the signs at its edges; `space` is what stands before it.
    """

    number: int
    text: str
    start: int
    end: int
    space: str
    is_mark: bool


def words_of(text: str, marks: list[tuple[int, int]]) -> list[Word]:
    """The text word by word."""
    pieces = sorted([(start, end, True) for start, end in marks] + _between(text, marks))
    words, last = [], 0
    for number, (start, end, is_mark) in enumerate(pieces):
        whole = text[start:end]
        inner = whole.strip(EDGES) if not is_mark else whole
        at = start + (whole.index(inner) if inner else 0)
        words.append(Word(number, whole, at, at + len(inner or whole), text[last:start], is_mark))
        last = end
    return words


def _between(text: str, marks: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """The words of the text outside of the marks."""
    found, last = [], 0
    for start, end in [*sorted(marks), (len(text), len(text))]:
        found += [(last + m.start(), last + m.end(), False) for m in re.finditer(r"\S+", text[last:start])]
        last = end
    return found


def spans_ticked(words: list[Word], chosen: set[int]) -> list[tuple[int, int]]:
    """The slices of the ticked words; neighbours are one, with what stands between them."""
    spans: list[tuple[int, int]] = []
    before = None
    for word in words:
        if word.number not in chosen or word.is_mark:
            continue
        if before == word.number - 1:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
        before = word.number
    return spans


def spans_typed(statement: Statement, typed: str) -> list[tuple[int, int]]:
    """Where the typed words stand, each line for itself."""
    spans: list[tuple[int, int]] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        places = places_of(line, statement.text)
        if not places:
            raise DomainError("The words that you typed do not stand in this statement like that. Look for a slip.")
        spans += places
    return spans


def sign_of(statement: Statement) -> str:
    """The same as long as the statement has the same words."""
    return hashlib.sha256(statement.text.encode("utf-8", "replace")).hexdigest()[:16]


def page_of(statement: Statement, board: Board, error: DomainError | None = None) -> str:
    words = words_of(statement.text, marks_of(statement))
    flagged = [] if statement.not_personal else list(details_in(statement.text))
    stale = error is not None and request.form.get("of") != sign_of(statement)
    if error is not None and not stale:
        chosen = set(ticked("word"))
    else:
        chosen = {w.number for w in words if any(w.start < one.end and one.start < w.end for one in flagged)}
    kinds = list(dict.fromkeys(one.kind for one in flagged))
    guessed = REASON_OF.get(kinds[0], "contact") if kinds else ""
    return render_template(
        "themes/redact.html",
        series=board.series,
        board=board,
        statement=statement,
        words=words,
        chosen=chosen,
        kinds=kinds,
        chosen_reason=request.form.get("reason", guessed),
        typed=request.form,
        cutting={reason: (words, mark_for(reason, board.series)) for reason, words in CUTTING_REASONS.items()},
        sign=sign_of(statement),
        error=error,
        **lists_of(board),
    )


@bp.route("/statements/<int:statement_id>/redact", methods=["GET", "POST"])
@auth_required()
def redact(statement_id: int) -> str | BaseResponse | tuple[str, int]:
    statement, board = queries.statement_for(current_user, statement_id)
    series_for(current_user, board.series_id, "editor")
    if request.method == "GET":
        return page_of(statement, board)
    try:
        if request.form.get("of") != sign_of(statement):
            raise DomainError("Its words were changed while you had it open. Mark again what is to be cut.")
        words = words_of(statement.text, marks_of(statement))
        spans = spans_ticked(words, set(ticked("word"))) + spans_typed(statement, clean_text(request.form.get("words")))
        say(
            actions.redact(
                statement,
                spans,
                request.form.get("reason", ""),
                current_user,
                now(),
                seen_version(),
                why(),
                everywhere="everywhere" in request.form,
            )
        )
    except DomainError as error:
        db.session.rollback()
        statement, board = queries.statement_for(current_user, statement_id)
        return page_of(statement, board, error), error.status
    return back_to(board, url_for("themes.statement", statement_id=statement_id))
