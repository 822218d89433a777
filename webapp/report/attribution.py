"""Whose words they are, told by kind: never by name, and never so closely that a small group gives somebody away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from ..wording import capital
from .document import Evidence, Quote
from .heard import EventFacts, Heard, Material, event_names
from .language import english
from .quantity import counted
from .quotes import others_alike, slice_of, without_agreeing

PROPER = frozenset("London Londoner Wales Welsh England English Scotland Scottish Ireland Irish British Europe".split())
SOUNDS_LIKE_YOU = ("uni", "eu", "one", "use", "ut")
NOT_A_KIND = frozenset({"", "other", "others", "none of these", "another kind"})


def weight_word(weight: str) -> str:
    """What a table's weight tells; nothing of one person's."""
    words = {
        "several": _("several people at the table"),
        "table": _("the whole table"),
        "split": _("the table was split"),
    }
    return words.get(weight, "")


def channel_word(channel: str) -> str:
    return {
        "written": _("Written feedback"),
        "table": _("Table notes"),
        "floor": _("Question from the floor"),
        "presentation": _("Presentation"),
    }[channel]


def with_article(kind: str, proper: frozenset[str] = PROPER) -> str:
    """a district council, an NHS trust, a unitary authority, a London borough; as it is in other languages."""
    if not english():
        return kind.strip()
    first, _, rest = kind.strip().partition(" ")
    spelled_out = first.isupper() and len(first) > 1
    if not spelled_out and first not in proper:
        first = first[:1].lower() + first[1:]
    vowel = first[:1] in "AEFHILMNORSX" if spelled_out else first[:1].lower() in "aeiou"
    article = "an" if vowel and not first.lower().startswith(SOUNDS_LIKE_YOU) else "a"
    return f"{article} {first} {rest}".strip()


@dataclass(frozen=True)
class Voices:
    """How each statement of a report is attributed."""

    names: Mapping[int, str]
    # (event, organisation type) of which so many answered that naming the type points at nobody.
    tellable: frozenset[tuple[int, str]]
    one_event: bool
    repeats: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, material: Material) -> "Voices":
        return cls(
            names=event_names(material.events),
            tellable=large_groups(material.events, material.small_group),
            one_event=len(material.events) == 1,
            repeats=repeats_of(material.heard),
        )

    def kind_of(self, one: Heard) -> str:
        """The speaker's kind of body, or nothing where it is not known or must not be told."""
        kind = one.organisation_type.strip()
        if kind.casefold() in NOT_A_KIND or (one.event_id, one.organisation_type) not in self.tellable:
            return ""
        return kind

    def attribute(self, one: Heard) -> str:
        """a delegate from a district council, Leeds; a table at the London event; a question from the floor, Leeds."""
        place = self.names.get(one.event_id, "")
        if one.channel == "table":
            return _("a table") if self.one_event else _("a table at the %(event)s event", event=place)
        if one.channel == "presentation":
            return _("a presenter") if self.one_event else _("a presenter at the %(event)s event", event=place)
        kind = self.kind_of(one)
        who = _("a question from the floor") if one.channel == "floor" else _("a delegate")
        if kind and one.channel == "written":
            who = _("a delegate from %(kind)s", kind=with_article(kind, PROPER | set(place.split())))
        return who if self.one_event else f"{who}, {place}"

    def standing(self, one: Heard, alongside: Iterable[Heard] = ()) -> str:
        """What stands behind the words: the table's weight, those who backed the question, those who said the same."""
        weight = weight_word(one.weight) if one.channel == "table" else ""
        parts = [weight] if weight else []
        if one.channel == "floor" and one.backings:
            parts.append(_("backed by %(others)s", others=counted(one.backings, "other")))
        same = len(self.repeats.get(one.id, frozenset()) | others_alike(one, alongside))
        if same:
            parts.append(_("%(others)s said much the same", others=counted(same, "other")))
        return "; ".join(parts)

    def quote(self, one: Heard, alongside: Iterable[Heard] = ()) -> Quote:
        if not one.quotable:
            raise ValueError(f"statement {one.id} may not be quoted")
        start, end = slice_of(one.text)
        return Quote(
            text=one.text[start:end],
            statement_id=one.id,
            start=one.start + start,
            end=one.start + end,
            attribution=self.attribute(one),
            standing=self.standing(one, alongside),
            cut_after=bool(without_agreeing(one.text)[end:].strip(" \t\r\n,;:")),
        )

    def evidence(self, one: Heard) -> Evidence:
        return Evidence(
            statement_id=one.id,
            text=one.text.strip() if one.quotable else "",
            attribution=self.attribute(one),
            channel=channel_word(one.channel),
            event=self.names.get(one.event_id, ""),
            standing=self.standing(one),
        )


def told_below(quote: Quote) -> str:
    """What stands below a quotation in every file: whose it is, what stands behind it, and its statement's number."""
    standing = f"; {quote.standing}" if quote.standing else ""
    number = _("statement %(number)s", number=quote.statement_id)
    return f"{capital(quote.attribution)}{standing} ({number})"


def large_groups(events: Iterable[EventFacts], small_group: int) -> frozenset[tuple[int, str]]:
    """The kinds of body of which at least `small_group` responses came in, event by event."""
    return frozenset(
        (event.id, kind)
        for event in events
        for kind, number in event.organisation_types.items()
        if number >= small_group
    )


def repeats_of(heard: Iterable[Heard]) -> dict[int, frozenset[str]]:
    """Statement id -> the other speakers whose statements were set aside as duplicates of it."""
    heard = list(heard)
    speaker = {one.id: one.speaker_key for one in heard}
    repeats: dict[int, set[str]] = {}
    for one in heard:
        original = one.duplicate_of_id
        if original is not None and one.fate == "duplicate" and speaker.get(original) != one.speaker_key:
            repeats.setdefault(original, set()).add(one.speaker_key)
    return {original: frozenset(speakers) for original, speakers in repeats.items()}
