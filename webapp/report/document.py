"""What a report is: sections of numbered paragraphs with the statements they rest on. Every file is made from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from ..wording import day, moment
from .brand import Brand
from .data import Data


@dataclass(frozen=True)
class Run:
    """A stretch of plain text, with its emphasis and where it links to."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True)
class Quote:
    """Words somebody said: `text` is the slice [start:end] of the statement's source, letter for letter."""

    text: str
    statement_id: int
    start: int
    end: int
    attribution: str
    # What the reader should know of its standing: the whole table's, said by others too.
    standing: str = ""
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Evidence:
    """One statement that a paragraph rests on. `text` is empty where its author did not agree to be quoted."""

    statement_id: int
    text: str
    attribution: str
    channel: str
    event: str
    standing: str = ""


@dataclass(frozen=True)
class Item:
    """One line of a list; `link` is the key of the section that it speaks of."""

    runs: tuple[Run, ...]
    note: str = ""
    link: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Figures:
    """A table of figures: the first column names the row, the others are numbers already in words and digits."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    # The last row is the sum of those above it.
    total: bool = False
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `number` ("12", "12a") is None where paragraphs are not numbered; `key` stays the same from draft
    to draft; `own` marks the organisers' own words.

    Kinds: text, opening, facts, list, ranked, figures, lines, missing.
    """

    number: str | None
    key: str
    kind: str
    runs: tuple[Run, ...] = ()
    items: tuple[Item, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: Figures | None = None
    evidence: tuple[Evidence, ...] = ()
    own: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, and the sections below it. `kind` "box" is set apart from the running text."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple["Section", ...] = ()
    kind: str = ""
    facet: str = ""

    def all_paragraphs(self) -> Iterator[Paragraph]:
        yield from self.paragraphs
        for section in self.sections:
            yield from section.all_paragraphs()


@dataclass(frozen=True)
class Balance:
    """received = used + duplicate + withheld + in_no_theme, in statements."""

    received: int = 0
    used: int = 0
    duplicate: int = 0
    withheld: int = 0
    in_no_theme: int = 0


@dataclass(frozen=True)
class StatementRow:
    """One live statement as the data files show it; `text` is empty where it may not be printed."""

    id: int
    event: str
    session: str
    channel: str
    organisation_type: str
    facet: str
    theme: str
    fate: str
    reason: str
    weight: str
    consent: str
    text: str
    # The ids that the data files share; the speaker is a response ("r12"), a table ("t3") or a question ("f9").
    event_id: int = 0
    theme_id: int | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report of a series or of one event. Renderers add nothing to it and leave nothing out."""

    title: str
    subtitle: str
    places: str
    dates: str
    organisers: str
    drafted_at: datetime | None
    language: str
    balance: Balance
    sections: tuple[Section, ...]
    statements: tuple[StatementRow, ...] = field(default=(), repr=False)
    data: Data = field(default=Data(), repr=False)
    # 0 for a draft.
    edition: int = 0
    published_at: datetime | None = None
    brand: Brand | None = field(default=None, repr=False)

    def all_paragraphs(self) -> Iterator[Paragraph]:
        for section in self.sections:
            yield from section.all_paragraphs()

    @property
    def stage(self) -> str:
        """What a cover says of it: which edition it is, or of when the draft."""
        if self.edition and self.published_at:
            return _("Edition %(number)s, %(day)s", number=self.edition, day=day(self.published_at.date()))
        return _("Draft of %(moment)s UTC", moment=moment(self.drafted_at)) if self.drafted_at else ""

    @property
    def paragraph_count(self) -> int:
        """How many numbered paragraphs there are."""
        return sum(paragraph.number is not None for paragraph in self.all_paragraphs())
