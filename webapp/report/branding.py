"""The brand of a series: set by its editors, read by its reports."""

import base64
import re

from sqlalchemy import select

from ..errors import DomainError
from ..extensions import db
from ..programme.models import Series
from ..text_input import clean_line
from .brand import INK_PAPER, PAPER, Brand, readable_on
from .logos import checked_logo
from .models_brand import SeriesBrand

COLOUR = re.compile(r"#[0-9a-f]{6}")


class ColourRefused(DomainError):
    """What was typed is no colour."""


def brand_row(series_id: int) -> SeriesBrand | None:
    return db.session.scalar(select(SeriesBrand).where(SeriesBrand.series_id == series_id))


def brand_of(series_id: int) -> Brand | None:
    """The brand as reports carry it, its colour made readable on paper and in the dark; None where none is set."""
    row = brand_row(series_id)
    if row is None:
        return None
    usual = Brand(row.organisation)
    return Brand(
        organisation=row.organisation,
        colour=readable_on(row.colour, PAPER) if row.colour else usual.colour,
        colour_dark=readable_on(row.colour, INK_PAPER) if row.colour else usual.colour_dark,
        logo=base64.b64encode(row.logo).decode() if row.logo else "",
        logo_kind=row.logo_kind if row.logo else "",
        logo_alternative=row.logo_alternative or row.organisation,
    )


def checked_colour(typed: str) -> str:
    """#rrggbb in lower case, or nothing."""
    colour = typed.strip().lower()
    colour = f"#{colour}" if re.fullmatch(r"[0-9a-f]{6}", colour) else colour
    if colour and not COLOUR.fullmatch(colour):
        raise ColourRefused("Write the colour as # and six digits or letters a to f, for instance #0b5c5a.")
    return colour


def set_brand(
    series: Series,
    *,
    organisation: str,
    colour: str,
    logo_alternative: str = "",
    logo: bytes | None = None,
    remove_logo: bool = False,
) -> SeriesBrand:
    """Keep the brand. Without a new logo the old one stays, unless it is to be removed. Editions that are published
    keep the brand that they were published with."""
    row = brand_row(series.id) or SeriesBrand(series_id=series.id)
    row.organisation, row.colour = clean_line(organisation)[:200], checked_colour(colour)
    row.logo_alternative = clean_line(logo_alternative)[:300]
    if logo:
        row.logo_kind, row.logo = checked_logo(logo)
    elif remove_logo:
        row.logo_kind, row.logo = "", None
    db.session.add(row)
    db.session.commit()
    return row


def adjusted_words(colour: str) -> str:
    """What became of the chosen colour, in plain words; nothing where it is used as it was chosen."""
    if not colour:
        return ""
    light, dark = readable_on(colour, PAPER), readable_on(colour, INK_PAPER)
    parts = []
    if light != colour:
        parts.append(f"on paper it is used as {light}, because {colour} is too pale to read")
    if dark != colour:
        parts.append(f"on dark screens as {dark}")
    return f"The colour is kept; {' and '.join(parts)}." if parts else ""
