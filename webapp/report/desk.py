"""The editor's desk: a report's sections with what people made of each paragraph and why somebody must look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .document import Paragraph, Report, Section
from .heard import Material
from .markup import markup_of
from .models import ReportDraft, ReportParagraph, ReportSection

FIXED_SECTIONS = {
    "introduction": "purpose",
    "what-next": "what_next",
    "about": "about_bodies",
    "contacts": "contacts",
}
# Here paragraphs have no numbers, as in the model.
UNNUMBERED = ("about", "contacts")
MOVED = "The counts or words of the draft moved."
LAST_SECTIONS = ("project", "what-next", "about", "contacts", "method")


@dataclass(frozen=True)
class Stored:
    """What people made of a report: the rows of one `ReportDraft`."""

    draft: ReportDraft
    paragraphs: Mapping[str, ReportParagraph]
    orders: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls, draft: ReportDraft, paragraphs: Sequence[ReportParagraph], sections: Sequence[ReportSection]
    ) -> "Stored":
        return cls(draft, {row.key: row for row in paragraphs}, {row.key: row.order for row in sections})


@dataclass(frozen=True)
class Part:
    """One paragraph on the editor's desk. `shown` is how it stands in the report; None where it does not stand in it:
    proposed by the board and not taken yet, or deleted."""

    key: str
    section_key: str
    shown: Paragraph | None
    drafted: Paragraph | None = None
    row: ReportParagraph | None = None
    reasons: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    fixed: str = ""

    @property
    def stale(self) -> bool:
        return bool(self.reasons)

    @property
    def only_moved(self) -> bool:
        """Stale for no statement of its own: only the draft's counts or words are others now."""
        return self.reasons == (MOVED,)

    @property
    def proposed(self) -> bool:
        """The board has it and nobody has decided on it."""
        return self.shown is None and self.row is None

    @property
    def deleted(self) -> bool:
        return self.row is not None and self.row.deleted

    @property
    def markup(self) -> str:
        if self.row is not None:
            return self.row.text
        paragraph = self.shown or self.drafted
        return markup_of(paragraph) if paragraph else ""

    @property
    def new_draft(self) -> str:
        """What the board now says, where it differs from what stands."""
        now = markup_of(self.drafted) if self.drafted is not None else ""
        return now if self.row is not None and not self.row.own and now != self.row.text else ""


@dataclass(frozen=True)
class Place:
    """A section on the desk, with its heading's level."""

    section: Section
    level: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Assembled:
    report: Report
    places: tuple[Place, ...]
    material: Material

    @property
    def parts(self) -> list[Part]:
        return [part for place in self.places for part in place.parts]

    @property
    def stale(self) -> list[Part]:
        """What blocks publication until a person has looked."""
        return [part for part in self.parts if part.stale]

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)
