"""From what was heard to a report: the sections of the model report, in its order and manner. No database, no clock."""

from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _

from ..wording import paragraphs
from .attribution import Voices
from .breakdowns import data_of
from .document import Balance, Report, Section, StatementRow
from .events_section import dates_of, events_section, places_of, subtitle_of
from .fixed_texts import fixed_paragraph
from .heard import Heard, Material, event_names
from .key_themes import key_themes_section, project_section
from .language import written_in
from .method import method_section
from .numbering import Numbering, missing
from .set_answers import set_answers_section
from .theme_sections import theme_sections


def draft(material: Material) -> Report:
    """The whole report, in the series' language. Equal material gives an equal report."""
    with written_in(material.language):
        return drafted(material)


def drafted(material: Material) -> Report:
    voices = Voices.of(material)
    numbers = Numbering()
    sections = (
        introduction(material, numbers),
        events_section(material, numbers),
        key_themes_section(material, voices, numbers),
        *theme_sections(material, voices, numbers),
        project_section(material, voices, numbers),
        *set_answers_section(material, numbers),
        what_next(material, numbers),
        bodies(material),
        contacts(material),
        method_section(material, numbers),
    )
    return Report(
        title=material.title,
        subtitle=subtitle_of(material),
        places=places_of(material),
        dates=dates_of(material),
        organisers=material.organised_by,
        drafted_at=material.now,
        language=material.language,
        balance=balance_of(material.heard),
        sections=sections,
        statements=statement_rows(material, voices),
        data=data_of(material, voices),
        brand=material.brand,
    )


def fixed_section(
    key: str, title: str, text: str, if_missing: str, numbers: Numbering | None = None, lines: bool = False
) -> Section:
    """What the organisers wrote, or plain words that they have not yet. Without `numbers` it is not numbered, as in
    the model, where it speaks of the publishers and not of what was said."""
    written = tuple(
        fixed_paragraph(block, f"{key}-{place}", numbers.next() if numbers else None, lines)
        for place, block in enumerate(paragraphs(text), 1)
    )
    return Section(key, title, written or (missing(f"{key}-missing", if_missing),))


def introduction(material: Material, numbers: Numbering) -> Section:
    words = _("The purpose of this series has not been written yet.")
    return fixed_section("introduction", _("Introduction"), material.purpose, words, numbers)


def what_next(material: Material, numbers: Numbering) -> Section:
    words = _("What happens next has not been written yet.")
    return fixed_section("what-next", _("What next?"), material.what_next, words, numbers)


def bodies(material: Material) -> Section:
    words = _("Nothing has been written about the bodies behind this report yet.")
    return fixed_section("about", _("About the bodies"), material.about_bodies, words)


def contacts(material: Material) -> Section:
    words = _("No contact has been named yet.")
    return fixed_section("contacts", _("Contact details"), material.contacts, words, lines=True)


def balance_of(heard: Iterable[Heard]) -> Balance:
    """Each live statement counted once, by its fate."""
    fates = Counter(one.fate for one in heard)
    return Balance(
        received=fates.total(),
        used=fates["used"],
        duplicate=fates["duplicate"],
        withheld=fates["withheld"],
        in_no_theme=fates["in_no_theme"],
    )


def statement_rows(material: Material, voices: Voices) -> tuple[StatementRow, ...]:
    """Every live statement, in order of id, for the data files."""
    names = event_names(material.events)
    titles = {theme.id: theme.title for theme in material.themes}
    return tuple(
        StatementRow(
            id=one.id,
            event=names.get(one.event_id, ""),
            session=one.session,
            channel=one.channel,
            organisation_type=one.organisation_type if voices.kind_of(one) else "",
            facet=one.facet,
            theme=titles.get(one.theme_id or 0, "") if one.fate == "used" else "",
            fate=one.fate,
            reason=one.withheld or "",
            weight=one.weight if one.channel == "table" else "",
            consent=one.consent,
            text=one.text.strip() if one.quotable else "",
            event_id=one.event_id,
            theme_id=one.theme_id if one.fate == "used" else None,
            speaker=one.speaker_key,
        )
        for one in sorted(material.heard, key=lambda one: one.id)
    )
