"""What is done to every text that comes in from a form or a file before it is stored."""

import re
import unicodedata

# C0 controls but tab and newline, DEL, and halves of surrogate pairs: PostgreSQL refuses NUL and lone surrogates,
# and none of them has a meaning in what a person types.
_UNTYPED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean_text(text: str | None) -> str:
    """The text with line ends as `\\n`, in Unicode form NFC, without control characters; None gives the empty text.

    Emoji, right-to-left text and its direction marks stay as they are.
    """
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNTYPED.sub("", text))


def shows_anything(text: str) -> bool:
    """Whether a reader would see something: not for space, joiners and direction marks alone."""
    return any(not character.isspace() and unicodedata.category(character) != "Cf" for character in text)


def clean_line(text: str | None) -> str:
    """The cleaned text on one line, without space at its ends: for titles, names and codes."""
    return " ".join(clean_text(text).split())


def clean_lines(text: str | None) -> list[str]:
    """The lines that hold something, each cleaned as `clean_line` does."""
    lines = (clean_line(line) for line in clean_text(text).split("\n"))
    return [line for line in lines if line]
