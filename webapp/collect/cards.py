"""The form on paper: which question goes on which side of an A5 card, and which numbers were given to cards."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from ..accounts.models import User
from ..errors import NotFound, Refused
from ..extensions import db
from ..programme.models import Event, Question
from .answers import RATINGS
from .models import Response
from .models_imports import CardPrint

MOST_CARDS = 500
# Millimetres, of an A5 side: what is left between head and foot, and what each thing takes.
SIDE = 162
LINE = 5.2
LETTERS_A_LINE = 60
GAP = 5
WRITING = 27
TAPS = 8
ROW = 6.8
LETTERS_IN_HALF = 26


@dataclass
class Side:
    """What stands on one side of a card."""

    questions: list[Question] = field(default_factory=list)
    # Whether the closing questions stand here: the kind of organisation, and what may be quoted.
    closing: bool = False
    height: float = 0


def lines_of(text: str, letters: int = LETTERS_A_LINE) -> int:
    return sum(max(1, math.ceil(len(line) / letters)) for line in text.splitlines() or [""])


def height_of_choices(choices: Sequence[str]) -> float:
    """Short choices stand in two columns."""
    if in_two_columns(choices):
        return ROW * math.ceil(len(choices) / 2)
    return sum(max(ROW, LINE * lines_of(choice, LETTERS_A_LINE - 6)) for choice in choices)


def in_two_columns(choices: Sequence[str]) -> bool:
    return len(choices) > 3 and max(map(len, choices)) <= LETTERS_IN_HALF


def height_of(question: Question) -> float:
    """How many millimetres a question takes at least; a free text's lines stretch into what is left over."""
    height = GAP + LINE * lines_of(question.text) + (LINE * lines_of(question.help) if question.help else 0)
    if question.session is not None:
        height += LINE
    if question.kind == "free_text":
        return height + WRITING + (0 if question.about_project else TAPS)
    if question.kind in RATINGS:
        return height + 15
    height += LINE + height_of_choices(question.choices)
    return height + (11 if question.kind == "several_or_other" else 0)


def height_of_closing(event: Event) -> float:
    types = event.series.organisation_types
    height = GAP + 2 * LINE + height_of_choices(types) if types else 0.0
    return height + (GAP + LINE + 3 * ROW if event.ask_consent else 0)


def sides_of(event: Event, questions: Iterable[Question]) -> list[Side]:
    """The questions in order, each whole on one side; the closing ones at the end."""
    sides = [Side()]
    for question in questions:
        height = height_of(question)
        if sides[-1].questions and sides[-1].height + height > SIDE:
            sides.append(Side())
        sides[-1].questions.append(question)
        sides[-1].height += height
    closing = height_of_closing(event)
    if sides[-1].questions and sides[-1].height + closing > SIDE:
        sides.append(Side())
    sides[-1].closing = True
    sides[-1].height += closing
    return sides


def printed_sides(sides: int) -> int:
    """With a blank one where the next card would else begin on this one's back."""
    return sides + sides % 2 if sides > 1 else 1


def sheets_of(serials: Sequence[int], sides: int) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """(left, right) of each A4 side, each a card's number and side, so that turned over at its short edge each card
    has its own back."""
    sheets: list[tuple[tuple[int, int] | None, tuple[int, int] | None]] = []
    for start in range(0, len(serials), 2):
        pair = [*serials[start : start + 2], None][:2]
        for side in range(printed_sides(sides)):
            left, right = [(serial, side) if serial is not None and side < sides else None for serial in pair]
            sheets.append((left, right) if side % 2 == 0 else (right, left))
    return sheets


def next_serial(event: Event) -> int:
    """The first number that no card of the event has."""
    printed = db.session.scalar(select(func.max(CardPrint.last)).where(CardPrint.event_id == event.id))
    keyed = db.session.scalar(select(func.max(Response.paper_serial)).where(Response.event_id == event.id))
    return max(printed or 0, keyed or 0) + 1


def print_cards(event: Event, count: int, language: str, user: User, now: datetime) -> CardPrint:
    """Give the next numbers to so many cards."""
    if not 1 <= count <= MOST_CARDS:
        raise Refused(f"From 1 to {MOST_CARDS} cards can be printed at a time.")
    first = next_serial(event)
    printed = CardPrint(
        event_id=event.id,
        first=first,
        last=first + count - 1,
        language=language,
        printed_at=now,
        printed_by_id=user.id,
    )
    db.session.add(printed)
    db.session.commit()
    return printed


def prints_of(event: Event) -> list[tuple[CardPrint, int]]:
    """What was printed, newest first, with how many of its cards were typed in."""
    typed = (
        select(func.count(Response.paper_serial.distinct()))
        .where(
            Response.event_id == CardPrint.event_id,
            Response.withdrawn_at.is_(None),
            Response.paper_serial.between(CardPrint.first, CardPrint.last),
        )
        .correlate(CardPrint)
        .scalar_subquery()
    )
    query = select(CardPrint, typed).where(CardPrint.event_id == event.id).order_by(CardPrint.first.desc())
    return [(printed, count) for printed, count in db.session.execute(query)]


def print_in(event: Event, print_id: int) -> CardPrint:
    found = db.session.get(CardPrint, print_id)
    if found is None or found.event_id != event.id:
        raise NotFound("No such cards were printed for this event.")
    return found
