"""Words that were cut stay behind: the file holds each sealed text as everybody may read it, its cuts on the marks."""

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from ..collect.sealing import Cut, cuts_of, place_shown, without
from .tables import belongs, table_named


class Seals(NamedTuple):
    """By sealed text, what everybody may read of it; by redaction, where it stands in that, and its mark."""

    texts: dict[int, str]
    cuts: dict[int, Cut]


def seals_of(connection: Connection, series_id: int) -> Seals:
    """Every sealed text of the series without the words that were cut from it."""
    texts, redactions = table_named("sealed_text"), table_named("redaction")
    by_text: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(select(redactions).where(belongs("redaction", series_id)).order_by(redactions.c.id)):
        by_text[row.sealed_id].append(row)
    seals = Seals({}, {})
    for id_, text in connection.execute(select(texts.c.id, texts.c.text).where(belongs("sealed_text", series_id))):
        if text:
            cuts = cuts_of(row for row in by_text[id_] if row.standing)
            seals.texts[id_] = without(text, cuts)
            seals.cuts.update((row.id, upon_the_marks(row, cuts)) for row in by_text[id_])
    return seals


def upon_the_marks(redaction: Any, cuts: list[Cut]) -> Cut:
    """The redaction in the text that is shown. Of several that overlap one mark is shown, which is then each one's."""
    shown = redaction.mark
    if redaction.standing:
        shown = next(cut.mark for cut in cuts if cut.start <= redaction.start < cut.end)
    start, end = place_shown(redaction.start, cuts), place_shown(redaction.end, cuts, at_end=True)
    return Cut(start, end, shown)


def leave_words_behind(table: str, values: dict[str, Any], seals: Seals) -> None:
    """Put the shown words in place of the sealed ones, in place."""
    if table == "sealed_text":
        values["text"] = seals.texts.get(values["id"], values["text"])
    elif table == "redaction" and values["id"] in seals.cuts:
        values["start"], values["end"], values["mark"] = seals.cuts[values["id"]]
