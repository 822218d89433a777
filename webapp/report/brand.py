"""A brand as a report carries it, and the colours that it may use: never at the cost of reading."""

import base64
from dataclasses import dataclass

PAPER, INK_PAPER = "#fdfcf9", "#16161a"
ACCENT, ACCENT_IN_THE_DARK = "#0b5c5a", "#6cc9c4"
# WCAG 2.2, 1.4.3: the least contrast of text with what it stands on.
LEAST = 4.5
MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True)
class Brand:
    """`colour` reads on paper and under white words, `colour_dark` on a dark screen; `logo` is base64, or empty."""

    organisation: str = ""
    colour: str = ACCENT
    colour_dark: str = ACCENT_IN_THE_DARK
    logo: str = ""
    logo_kind: str = ""
    logo_alternative: str = ""

    @property
    def logo_bytes(self) -> bytes:
        return base64.b64decode(self.logo)

    @property
    def logo_address(self) -> str:
        """The logo as an address that holds it, for pages."""
        return f"data:{MEDIA[self.logo_kind]};base64,{self.logo}" if self.logo else ""

    @property
    def style(self) -> str:
        """The page's colours as CSS."""
        light = f":root {{ --accent: {self.colour}; --on-accent: #ffffff; }}"
        dark = f":root {{ --accent: {self.colour_dark}; --on-accent: {INK_PAPER}; }}"
        return f"{light}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}"


PLAIN = Brand()


def light_of(colour: str) -> float:
    """The relative luminance of #rrggbb, from 0 to 1, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((light_of(one), light_of(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str, ground: str) -> str:
    """The colour, made darker or lighter by no more than it takes to be read on the ground."""
    towards = "#000000" if light_of(ground) > 0.5 else "#ffffff"
    for step in range(101):
        mixed = "#" + "".join(
            f"{round(int(colour[at : at + 2], 16) * (1 - step / 100) + int(towards[at : at + 2], 16) * step / 100):02x}"
            for at in (1, 3, 5)
        )
        if contrast(mixed, ground) >= LEAST:
            return mixed
    return towards
