"""The key themes as a list, and the feedback on the project as a ranked one."""

from flask_babel import gettext as _
from flask_babel import ngettext

from ..wording import capital
from .attribution import Voices
from .document import Item, Run, Section
from .heard import Counts, Heard, Material, ThemeFacts, at_events, count_voices
from .language import listed, the
from .numbering import Numbering, missing
from .quantity import counted
from .quotes import choose


def sentence_of(theme: ThemeFacts) -> str:
    """The theme's one-sentence statement, else its title, with a full stop. A statement with a small first letter goes
    on from the title: "Targets", "must be few" -> "Targets must be few."."""
    said = " ".join(theme.statement.split())
    text = " ".join(f"{theme.title if not said or said[0].islower() else ''} {said}".split())
    return (capital(text) + ("" if text.endswith((".", "!", "?", "…")) else ".")) if text else ""


def line_of(theme: ThemeFacts) -> str:
    """The theme in a list: its sentence, or its bare title, which is none and has no full stop."""
    return sentence_of(theme) if theme.statement.strip() else capital(" ".join(theme.title.split()))


def in_short(counts: Counts) -> str:
    """42 delegates, 11 tables, five questions from the floor and two presentations."""
    ways = (
        (counts.people, "delegate"),
        (counts.tables, "table"),
        (counts.floor, "question from the floor"),
        (counts.presentations, "presentation"),
    )
    return listed(counted(number, noun) for number, noun in ways if number)


def key_themes_section(material: Material, voices: Voices, numbers: Numbering) -> Section:
    """One sentence and a line a theme, in the organiser's order; each line leads to the theme's section."""
    key, title = "key-themes", _("The key themes")
    heard = material.themes_heard(about_project=False)
    if not heard:
        text = _("No theme has been found in what was said yet.")
        return Section(key, title, (missing(f"{key}-missing", text),))
    one = len(material.events) == 1
    where = _("the event") if one else the(counted(len(material.events), "event"))
    opening = ngettext(
        "One key theme emerged from %(where)s:",
        "The key themes to emerge from %(where)s were:",
        len(heard),
        where=where,
    )
    items = tuple(Item((Run(line_of(theme)),), link=f"theme-{theme.id}") for theme in heard)
    paragraphs = [numbers.paragraph(f"{key}-list", opening, "list", items)]
    silent = [theme.title for theme in material.themes if not theme.about_project and theme not in heard]
    if silent and material.one_event:
        text = _("Not heard at this event, but at others of the series: %(themes)s.", themes=listed(silent))
        paragraphs.append(numbers.paragraph(f"{key}-elsewhere", text))
    elif silent:
        number = counted(len(silent), "theme")
        text = _("No statement stands in %(number)s of the board: %(themes)s.", number=number, themes=listed(silent))
        paragraphs.append(missing(f"{key}-silent", text))
    return Section(key, title, tuple(paragraphs))


def rank(statements: list[Heard]) -> tuple[int, int, int]:
    """How widely something was said: by people, then by tables, then in how many statements."""
    counts = count_voices(statements)
    return counts.people, counts.tables, counts.statements


def project_section(material: Material, voices: Voices, numbers: Numbering) -> Section:
    """Feedback on the project: its themes, the one that most people named first, each in their own words."""
    key, title = "project", _("Feedback on the project")
    heard = material.themes_heard(about_project=True)
    if not heard:
        received = any(one.about_project for one in material.heard)
        text = (
            _("What was said about the project itself has not been put into themes yet.")
            if received
            else _("Nothing has been said about the project itself yet.")
        )
        return Section(key, title, (missing(f"{key}-missing", text),))
    ranked = sorted(heard, key=lambda theme: (tuple(-part for part in rank(heard[theme])), theme.id))
    everyone = [one for statements in heard.values() for one in statements]
    opening = ngettext(
        "Participants were also asked about the project itself. They made %(points)s:",
        "Participants were also asked about the project itself. They made %(points)s, the most widely made first:",
        len(ranked),
        points=counted(len(ranked), "point"),
    )
    items = tuple(project_item(theme, heard[theme], material, voices) for theme in ranked)
    evidence = tuple(voices.evidence(one) for one in everyone)
    return Section(key, title, (numbers.paragraph(f"{key}-list", opening, "ranked", items, evidence=evidence),))


def project_item(theme: ThemeFacts, statements: list[Heard], material: Material, voices: Voices) -> Item:
    counts = count_voices(statements)
    where = at_events(counts.event_ids, material.events)
    note = f"{in_short(counts)}{', ' + where if where else ''}"
    best = choose(statements, voices.repeats, theme.central, 1)
    return Item((Run(line_of(theme)),), note=note, quotes=tuple(voices.quote(one) for one in best))
