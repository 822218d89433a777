"""Details in a text by which somebody could be named, reached or looked up."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .names import find_names

# The shape of an address as people type it, not all that RFC 5322 allows.
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"”’)]+", re.IGNORECASE)
# Ten digits or more that begin as a number is dialled: 01632 960902, +44 1632 960902, (0117) 496 0123.
_TELEPHONE = re.compile(r"(?<![\w.,£$€])(?:\+\d|\(?0\d)(?:[\s().-]*\d){8,13}(?![\w])")
# HMRC's National Insurance Manual, NIM39110: prefixes without D, F, I, Q, U, V (and O in second place); suffix A to D.
_NI = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE
)
_NHS = re.compile(r"(?<![\d+£$€.,])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
# The format in the Office for National Statistics' postcode directory; capitals only, as "in 4 as" is none.
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b")


class PersonalDetail(NamedTuple):
    """A detail found in a text: its kind in words, and where it stands, as [start, end)."""

    kind: str
    start: int
    end: int


def find_personal_details(text: str) -> list[PersonalDetail]:
    """E-mail and web addresses, telephone, National Insurance and NHS numbers, UK postcodes and likely names, in order,
    none overlapping another."""
    found: list[PersonalDetail] = []
    for detail in sorted(_details(text), key=lambda one: (one.start, -one.end)):
        if not found or detail.start >= found[-1].end:
            found.append(detail)
    return found


def _details(text: str) -> Iterator[PersonalDetail]:
    patterns = {
        "e-mail address": _EMAIL,
        "web address": _WEB,
        "telephone number": _TELEPHONE,
        "National Insurance number": _NI,
        "postcode": _POSTCODE,
    }
    for kind, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield PersonalDetail(kind, match.start(), match.end())
    for match in _NHS.finditer(text):
        if _is_nhs_number(re.sub(r"\D", "", match.group())):
            yield PersonalDetail("NHS number", match.start(), match.end())
    for start, end in find_names(text):
        yield PersonalDetail("name", start, end)


def _is_nhs_number(digits: str) -> bool:
    """Modulus 11, as the NHS Data Dictionary defines its check digit."""
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - weighed % 11) % 11
    return check == int(digits[9])
