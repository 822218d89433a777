"""Cutting words out of a text: what was sent is sealed, and its source holds what everybody may read from then on.

Whatever shows, lists, searches, exports or analyses `Answer.text`, `GroupNote.text` or `FloorQuestion.text` thereby
shows the redacted words, without knowing of it. The one way to the words as sent is `as_sent`, for their author.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from ..extensions import db
from .models import Answer, FloorQuestion, GroupNote, GroupNoteRevision, Response
from .models_sealed import Redaction, SealedText

Source = Answer | GroupNote | FloorQuestion
SEALED_WORDS = select(SealedText.answer_id, SealedText.text).where(
    SealedText.answer_id.in_(bindparam("ids", expanding=True))
)
COLUMNS = {Answer: "answer_id", GroupNote: "note_id", FloorQuestion: "floor_question_id"}


class Cut(NamedTuple):
    """A slice [start, end) of a sealed text, and what stands in its place."""

    start: int
    end: int
    mark: str


def seal_of(source: Source) -> SealedText | None:
    """The source's words as sent, where something was ever cut from them."""
    column = getattr(SealedText, COLUMNS[type(source)])
    return db.session.scalar(select(SealedText).where(column == source.id))


def as_sent(answer: Answer) -> str | None:
    """The answer as its author sent it: for their receipt and their correction, and for nobody else."""
    if answer.text is None or answer.id is None:
        return answer.text
    sealed = seal_of(answer)
    return answer.text if sealed is None else sealed.text or answer.text


def all_as_sent(answers: Iterable[Answer]) -> dict[int, str | None]:
    """The answers, by id, as `as_sent` gives each, in one query at most."""
    said = {answer.id: answer.text for answer in answers}
    ids = [key for key, text in said.items() if may_hold_a_mark(text)]
    if not ids:
        return said
    return said | {key: text or said[key] for key, text in db.session.execute(SEALED_WORDS, {"ids": ids})}


def may_hold_a_mark(text: str | None) -> bool:
    """Whether something may have been cut from the text: every mark stands in brackets, in every language."""
    return "[" in (text or "")


def seal(source: Source) -> SealedText:
    """Keep the source's words as they are now, once. The caller commits."""
    sealed = seal_of(source)
    if sealed is None:
        sealed = SealedText(text=source.text, **{COLUMNS[type(source)]: source.id})
        db.session.add(sealed)
        db.session.flush()
    return sealed


def cuts_of(redactions: Iterable[Redaction | Cut]) -> list[Cut]:
    """The redactions as cuts in order; those that overlap or touch are one."""
    cuts: list[Cut] = []
    for one in sorted(redactions, key=lambda each: (each.start, -each.end)):
        if cuts and one.start < cuts[-1].end:
            cuts[-1] = cuts[-1]._replace(end=max(cuts[-1].end, one.end))
        else:
            cuts.append(Cut(one.start, one.end, one.mark))
    return cuts


def without(text: str, cuts: Iterable[Cut]) -> str:
    """The text with the mark of each cut in the place of its words."""
    shown, last = [], 0
    for cut in cuts:
        shown += [text[last : cut.start], cut.mark]
        last = cut.end
    return "".join([*shown, text[last:]])


def marks_in(cuts: Iterable[Cut]) -> Iterator[tuple[int, int]]:
    """Where the marks stand in the text that is shown, as [start, end)."""
    grown = 0
    for cut in cuts:
        yield cut.start + grown, cut.start + grown + len(cut.mark)
        grown += len(cut.mark) - (cut.end - cut.start)


def place_sent(place: int, cuts: Iterable[Cut], at_end: bool = False) -> int:
    """A place in the shown text as one in the sealed text; inside a mark, the start of its cut, or the end."""
    grown = 0
    for cut in cuts:
        if place <= cut.start + grown:
            break
        if place < cut.start + grown + len(cut.mark):
            return cut.end if at_end else cut.start
        grown += len(cut.mark) - (cut.end - cut.start)
    return place - grown


def place_shown(place: int, cuts: Iterable[Cut], at_end: bool = False) -> int:
    """A place in the sealed text as one in the shown text; inside a cut, the start of its mark, or the end."""
    grown = 0
    for cut in cuts:
        if place <= cut.start:
            break
        if place < cut.end:
            return cut.start + grown + (len(cut.mark) if at_end else 0)
        grown += len(cut.mark) - (cut.end - cut.start)
    return place + grown


def source_of(sealed: SealedText) -> Source | GroupNoteRevision:
    if sealed.answer_id is not None:
        return db.session.get_one(Answer, sealed.answer_id)
    if sealed.note_id is not None:
        return db.session.get_one(GroupNote, sealed.note_id)
    if sealed.revision_id is not None:
        return db.session.get_one(GroupNoteRevision, sealed.revision_id)
    return db.session.get_one(FloorQuestion, sealed.floor_question_id)


def show_again(sealed: SealedText) -> None:
    """Give the source the words that its standing redactions leave. The caller commits."""
    if not sealed.text:
        # The words were erased, or removed at the end of their time: there is nothing to bring back.
        return
    cuts = cuts_of(one for one in sealed.redactions if one.standing)
    source_of(sealed).text = without(sealed.text, cuts)


def places_of(words: str, text: str, any_case: bool = False) -> list[tuple[int, int]]:
    """Where the words stand in the text as whole words, with any space between them, as [start, end)."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)"
    found = re.finditer(pattern, text, re.IGNORECASE if any_case else 0)
    return [match.span() for match in found]


def cut_again(response: Response, new: Answer, now: datetime) -> None:
    """Cut from a corrected answer what was cut from any answer of the response before, where the same words still
    stand: be they in another answer now, or left out in between. The caller commits."""
    places = [
        (start, end, one)
        for words, one in _words_cut(response, new)
        for start, end in places_of(words, new.text or "", any_case=True)
    ]
    if not places:
        return
    sealed = seal(new)
    sealed.redactions += [
        Redaction(start=start, end=end, reason=one.reason, mark=one.mark, standing=True, carried=True, made_at=now)
        for start, end, one in places
    ]
    db.session.flush()
    show_again(sealed)


def _words_cut(response: Response, new: Answer) -> list[tuple[str, Redaction]]:
    """What was cut from the response's other answers, with the cut. Of the same words in answers to one question the
    newest decides: there somebody may have brought them back."""
    query = (
        select(Redaction, SealedText.text, Answer.id, Answer.question_id)
        .join(SealedText, Redaction.sealed_id == SealedText.id)
        .join(Answer, SealedText.answer_id == Answer.id)
        .where(Answer.response_id == response.id, Answer.id != new.id)
        .order_by(Answer.id, Redaction.id)
    )
    newest: dict[tuple[str, int], tuple[int, list[tuple[str, Redaction]]]] = {}
    for one, sent, answer_id, question_id in db.session.execute(query):
        words = sent[one.start : one.end]
        key = (" ".join(words.split()).casefold(), question_id)
        before = newest.get(key)
        if before is None or before[0] != answer_id:
            newest[key] = (answer_id, [])
        newest[key][1].append((words, one))
    found = {words: (words, one) for _id, cuts in newest.values() for words, one in cuts if one.standing}
    return list(found.values())


def leave_with_revision(note: GroupNote, revision: GroupNoteRevision) -> None:
    """What was cut from a note stays with the words that it was cut from. The caller commits."""
    sealed = seal_of(note)
    if sealed is not None:
        db.session.flush()
        sealed.note_id, sealed.revision_id = None, revision.id
