"""Cells that a spreadsheet program opens as what they are: words, never formulas."""

from typing import Any

# OWASP, "CSV Injection": what a spreadsheet may read as the start of a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> Any:
    """The value as it is; a text that a spreadsheet would calculate gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(STARTS_A_FORMULA):
        return "'" + value
    return value
