"""What was cut from somebody's words and is said by nobody any more.

Only that is taken out of titles and reports: that a theme is called "Leeds" gives nothing away as long as others speak
of Leeds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from analysis.words import STOP_WORDS

from ..collect.models import Answer, FloorQuestion, GroupNote, GroupNoteRevision, Response
from ..collect.models_sealed import Redaction, SealedText
from ..extensions import db
from ..programme.models import DiscussionTable, Event, EventSession
from .models import PRINTABLE, Board, Statement
from .said_again import Place, replaced_in, squeezed

SHORTEST = 3
# Of these a single word in small letters tells something; cut for another reason it may be any word.
TELLING = {"name", "contact", "number"}
WORD = re.compile(r"[^\W_]+")
LIVE = Statement.retired_at.is_(None)


class Unsaid:
    """What was cut in a series and is said by nobody any more, with the mark that takes the place of each."""

    def __init__(self, marks: dict[str, str], parts: set[str]) -> None:
        self.marks = marks
        self._marks = {squeezed(words): mark for words, mark in marks.items()}
        # Single words of what was cut, in lower case: none of the terms that describe a theme may be one of them.
        self.parts = parts
        longest_first = sorted(marks, key=len, reverse=True)
        # Between two of the words there may be a mark of emphasis, or any other.
        each = "|".join(r"[\W_]+".join(map(re.escape, words.split())) for words in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE) if marks else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def places(self, text: str) -> list[Place]:
        """Where the words stand in a text, with the mark of each."""
        found = self._pattern.finditer(text) if self._pattern is not None else ()
        return [Place(*match.span(), self._mark(match.group())) for match in found]

    def taken_out(self, value: Any) -> Any:
        """The value with the words replaced in each string in it, however deep."""
        return replaced_in(value, self.places) if self else value

    def _mark(self, words: str) -> str:
        # A letter may have cases that are matched and do not fold to one another.
        return self._marks.get(squeezed(words)) or next(iter(self.marks.values()))

    def term(self, term: Any) -> bool:
        """Whether a term, or a pair of a term and its weight, holds one of the words."""
        words = term if isinstance(term, str) else term[0] if isinstance(term, list) and term else ""
        return isinstance(words, str) and any(word.casefold() in self.parts for word in WORD.findall(words))


class CutWords(NamedTuple):
    """What was cut once, what stands in its place, and why it was cut."""

    words: str
    mark: str
    reason: str


class Said:
    """What is said in a series, in lower case."""

    def __init__(self, texts: Iterable[str]) -> None:
        # No words run on from one statement to the next.
        self.text = " \0 ".join(" ".join(text.casefold().split()) for text in texts)
        self.words = set(WORD.findall(self.text))

    def holds(self, words: str) -> bool:
        """Whether the words stand there as whole words: "planning" does not say "Ann"."""
        return words in self.text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.text) is not None


def unsaid_in(series_id: int, public: bool = False, event_id: int | None = None) -> Unsaid:
    """What was cut in the series, or at one event of it, and stands in no words of it that its board shows; with
    `public`, in none that readers of a report may be shown: what is withheld says it to nobody there."""
    cuts = list(_standing(series_id, *([] if event_id is None else [Event.id == event_id])))
    if not cuts:
        return Unsaid({}, set())
    on_board = Said(_said(series_id, LIVE))
    return _unsaid(cuts, Said(_said(series_id, *PRINTABLE)) if public else on_board, on_board)


def unsaid_without(series_id: int, event_id: int | None = None, response_id: int | None = None) -> Unsaid:
    """What was cut at an event, or from a response, and is said nowhere else in public: once its words are deleted
    nobody can tell any more what it was."""
    if response_id is not None:
        answers = select(Answer.id).where(Answer.response_id == response_id)
        cut_there = SealedText.answer_id.in_(answers)
        elsewhere = or_(Statement.answer_id.is_(None), Statement.answer_id.not_in(answers))
    else:
        cut_there, elsewhere = Event.id == event_id, Statement.event_id != event_id
    cuts = list(_standing(series_id, cut_there))
    if not cuts:
        return Unsaid({}, set())
    return _unsaid(cuts, Said(_said(series_id, *PRINTABLE, elsewhere)), Said(_said(series_id, LIVE, elsewhere)))


def _unsaid(cuts: Iterable[CutWords], said: Said, on_board: Said) -> Unsaid:
    marks: dict[str, str] = {}
    parts: set[str] = set()
    for words, mark, reason in cuts:
        whole = " ".join(words.split()).casefold()
        if WORD.search(whole) and (" " in whole or reason in TELLING) and not said.holds(whole):
            marks.setdefault(whole, mark)
        # A single word of anything but a name is some word of the language; that anybody says it will do.
        heard = said if reason == "name" else on_board
        for part in WORD.findall(words):
            low = part.casefold()
            if not _tells(part, reason) or low in heard.words:
                continue
            parts.add(low)
            if part != low or any(letter.isdigit() for letter in part):
                marks.setdefault(low, mark)
    return Unsaid(marks, parts)


def _tells(part: str, reason: str) -> bool:
    """Whether a word of what was cut tells something by itself. "Li" is a name; "li" may be anything."""
    if part.casefold() in STOP_WORDS:
        return False
    return len(part) >= SHORTEST or (reason == "name" and len(part) == SHORTEST - 1 and part[0].isupper())


def _standing(series_id: int, *there: ColumnElement[bool]) -> Iterator[CutWords]:
    """Each cut that holds in the series, or in a part of it."""
    cut = select(SealedText.text, Redaction.start, Redaction.end, Redaction.mark, Redaction.reason).join(
        Redaction, Redaction.sealed_id == SealedText.id
    )
    held = (Event.series_id == series_id, Redaction.standing.is_(True), *there)
    of_note = cut.join(GroupNote, SealedText.note_id == GroupNote.id)
    # A note that was written anew leaves what was cut from it with the words that it had.
    of_revision = cut.join(GroupNoteRevision, SealedText.revision_id == GroupNoteRevision.id).join(GroupNote)
    ways = (
        cut.join(Answer, SealedText.answer_id == Answer.id).join(Response).join(Event),
        *(notes.join(DiscussionTable).join(EventSession).join(Event) for notes in (of_note, of_revision)),
        cut.join(FloorQuestion, SealedText.floor_question_id == FloorQuestion.id).join(EventSession).join(Event),
    )
    for query in ways:
        for text, start, end, mark, reason in db.session.execute(query.where(*held)).tuples():
            yield CutWords(text[start:end], mark, reason)


def _said(series_id: int, *among: ColumnElement[bool]) -> Iterator[str]:
    """The words of the series' statements among those."""
    boards = select(Board.id).where(Board.series_id == series_id)
    yield from db.session.scalars(select(Statement.text).where(Statement.board_id.in_(boards), *among))
