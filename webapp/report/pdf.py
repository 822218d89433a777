"""The report as a PDF, set by typst: tagged (PDF/UA-1), with contents, bookmarks and the same look everywhere."""

import json
import re
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import typst

from ..wording import moment
from .document import Report

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD = "ua-1"
NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)
# A text in more scripts than this has more wrong with it than its letters.
TRIES = 200


def render(report: Report) -> bytes:
    """The PDF's bytes. What delegates wrote reaches typst as data and is never read as markup. Letters that the
    built-in fonts lack are taken from the machine's fonts; those that these lack too are named: [GRINNING FACE]."""
    data = json.dumps(without_control_characters(contents_of(report)), ensure_ascii=False)
    try:
        return compiled(data, system_fonts=False)
    except typst.TypstError as error:
        if not NO_GLYPH.search(str(error)):
            raise
    for _ in range(TRIES):
        try:
            return compiled(data, system_fonts=True)
        except typst.TypstError as error:
            lacking = NO_GLYPH.search(str(error))
            if not lacking:
                raise
            data = named(data, lacking["text"])
    raise ValueError("the report holds more letters without a font than can be named")


def contents_of(report: Report) -> dict[str, Any]:
    """What the template reads: the report without its data rows."""
    contents = asdict(replace(report, statements=(), drafted_at=None))
    contents["drafted"] = moment(report.drafted_at) + " UTC" if report.drafted_at else ""
    return contents


def compiled(data: str, system_fonts: bool) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        ignore_system_fonts=not system_fonts,
        pdf_standards=[STANDARD],
    )


def named(data: str, text: str) -> str:
    """The JSON with each letter of `text` that no font has replaced by its Unicode name in square brackets."""
    for letter in sorted(set(text)):
        if ord(letter) > 0x7F:
            name = unicodedata.name(letter, f"U+{ord(letter):04X}")
            joins = unicodedata.category(letter) in ("Mn", "Me", "Cf", "Sk")
            data = data.replace(letter, "" if joins else f"[{name}]")
    return data


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
