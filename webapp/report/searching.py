"""Finds statements for a paragraph's evidence, among those that may be evidence."""

from .evidence import may_stand
from .heard import Heard, Material

MOST = 50


def found_statements(material: Material, words: str, theme_id: int | None, but: set[int]) -> list[Heard]:
    """Up to MOST statements with all the words, in a theme where one is named, that are not attached yet."""
    wanted = words.casefold().split()
    found = (
        one
        for one in material.heard
        if one.id not in but
        and may_stand(one)
        and (theme_id is None or one.theme_id == theme_id)
        and all(word in one.text.casefold() for word in wanted)
    )
    return [one for one, _place in zip(found, range(MOST), strict=False)]
