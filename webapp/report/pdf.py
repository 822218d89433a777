"""The report as a PDF, set by typst: tagged (PDF/UA-1), with contents, bookmarks and the same look everywhere."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from flask_babel import gettext as _

from .brand import ACCENT, PLAIN
from .charts import charts_of
from .data import Data
from .document import Report
from .summary import summary_of

TEMPLATE = Path(__file__).with_name("report.typ")
# PDF/UA-1 for everybody; for archives PDF/A-2a too.
ACCESSIBLE, ARCHIVE = ("ua-1",), ("ua-1", "a-2a")
NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)
# What makes one sign of several: joiners, variation selectors, tags.
JOINERS = "\u200d\ufe00-\ufe0f\U000e0020-\U000e007f"
# A text in more scripts than this has more wrong with it than its letters.
TRIES = 200


def render_archive(report: Report) -> bytes:
    """The same as PDF/UA-1 and PDF/A-2a at once, for archives that ask for it."""
    return render(report, ARCHIVE)


def render_summary(report: Report) -> bytes:
    """The two pages for those who will not read more."""
    return render(summary_of(report), compact=True)


def render(report: Report, standards: Sequence[str] = ACCESSIBLE, compact: bool = False) -> bytes:
    """The PDF's bytes. What delegates wrote reaches typst as data and is never read as markup. Letters that the
    built-in fonts lack are taken from the machine's fonts; those that these lack too are named: [GRINNING FACE]."""
    data = json.dumps(without_control_characters(contents_of(report) | {"compact": compact}), ensure_ascii=False)
    try:
        return compiled(data, standards, system_fonts=False)
    except typst.TypstError as error:
        if not NO_GLYPH.search(str(error)):
            raise
    for _try in range(TRIES):
        try:
            return compiled(data, standards, system_fonts=True)
        except typst.TypstError as error:
            lacking = NO_GLYPH.search(str(error))
            if not lacking:
                raise
            before, data = data, named(data, lacking["text"])
            if data == before:
                raise
    raise ValueError("the report holds more letters without a font than can be named")


def contents_of(report: Report) -> dict[str, Any]:
    """What the template reads: the report without its data rows, its charts, and what stands on the cover."""
    contents = asdict(replace(report, statements=(), data=Data(), drafted_at=None, published_at=None, brand=None))
    moment_of = report.published_at or report.drafted_at or datetime(2000, 1, 1, tzinfo=UTC)
    contents["date"] = {name: getattr(moment_of, name) for name in ("year", "month", "day", "hour", "minute", "second")}
    contents["stage"], contents["words"] = report.stage, words()
    contents["weights"] = [theme.statements for theme in report.data.themes if not theme.about_project]
    brand = report.brand or PLAIN
    contents["colour"], contents["organisation"], contents["logo"] = brand.colour, brand.organisation, None
    if brand.logo:
        logo = {"bytes": list(brand.logo_bytes), "format": brand.logo_kind}
        contents["logo"] = logo | {"alternative": brand.logo_alternative or "Logo"}
    contents["charts"] = {}
    for chart in charts_of(report):
        drawn = {
            "title": chart.title,
            "svg": chart.svg.replace(ACCENT, brand.colour),
            "alternative": chart.alternative,
            "table": None if chart.tabled else asdict(chart.table),
        }
        contents["charts"].setdefault(chart.after, []).append(drawn)
    return contents


def words() -> dict[str, str]:
    """What the template itself says."""
    return {
        "own": _("The organisers’ own words"),
        "contents": _("Contents"),
        "page": _("Page %(page)s of %(pages)s", page="#1", pages="#2"),
        "statement": _("statement %(number)s", number="#"),
        "not_recorded": _("not recorded"),
    }


def compiled(data: str, standards: Sequence[str], system_fonts: bool) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        ignore_system_fonts=not system_fonts,
        pdf_standards=list(standards),
    )


def named(data: str, text: str) -> str:
    """The JSON with each letter of `text` that no font has, and all letters of its kind, replaced by their Unicode
    names in square brackets. A font that lacks one ideograph or emoji lacks most, and each try sets all pages anew."""
    escaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text)
    kinds = {kind_of(letter) for letter in escaped if ord(letter) > 0x7F}
    if not kinds:
        # What lacks is what stands on the letter or joins it to the next.
        marks = "".join(map(re.escape, sorted(letter for letter in set(data) if joins(letter))))
        return re.sub(f"({re.escape(escaped)})[{marks}]+", r"\1", data) if marks else data
    for letter in sorted(set(data)):
        if ord(letter) > 0x7F and kind_of(letter) in kinds:
            name = "" if joins(letter) else f"[{unicodedata.name(letter, f'U+{ord(letter):04X}')}]"
            data = re.sub(f"[{JOINERS}]*{re.escape(letter)}[{JOINERS}]*", name, data)
    return data


def joins(letter: str) -> bool:
    """Whether it is no letter of its own, but changes another one."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf", "Sk")


def kind_of(letter: str) -> str:
    """What is lacking together: a script ("CJK", "THAI"), the signs of one block of 256, else the letter alone."""
    script = unicodedata.name(letter, letter).split()[0]
    if script in ("LATIN", "GREEK", "CYRILLIC", "COMBINING"):
        return letter
    return f"{ord(letter) >> 8:X}xx" if unicodedata.category(letter)[0] == "S" or ord(letter) > 0xFFFF else script


def without_control_characters(value: Any) -> Any:
    """The same structure without characters that no page can show; line breaks and tabs become spaces."""
    if isinstance(value, str):
        spaced = re.sub(r"[\t\n\r\v\f\u2028\u2029]+", " ", value)
        return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn"))
    if isinstance(value, dict):
        return {key: without_control_characters(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_control_characters(item) for item in value]
    return value
