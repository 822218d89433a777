"""Words that were cut stay behind: the file holds each sealed text as everybody may read it, its cuts on the marks.
Neither editions that were published before nor digests tell what they were."""

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from ..collect.sealing import COLUMNS, Cut, cuts_of, place_shown, without
from ..report.differences import cut_anew
from ..report.editions import without_cuts
from ..themes.duplicates import wording_key
from ..themes.unsaid import Unsaid, unsaid_in
from .tables import belongs, table_named


class Seals(NamedTuple):
    """By sealed text, what everybody may read of it; by redaction, where it stands in that, and its mark; the sources
    from which something was cut, by column and id; what readers hear from nobody any more."""

    texts: dict[int, str]
    cuts: dict[int, Cut]
    sources: set[tuple[str, int]]
    unsaid: Unsaid


def seals_of(connection: Connection, series_id: int) -> Seals:
    """Every sealed text of the series without the words that were cut from it."""
    texts, redactions = table_named("sealed_text"), table_named("redaction")
    by_text: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(select(redactions).where(belongs("redaction", series_id)).order_by(redactions.c.id)):
        by_text[row.sealed_id].append(row)
    seals = Seals({}, {}, sources_cut(connection, series_id), unsaid_in(series_id, public=True))
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


def sources_cut(connection: Connection, series_id: int) -> set[tuple[str, int]]:
    """What something was ever cut from, as statements name it; a note also where its earlier words hold the cut."""
    texts, revisions = table_named("sealed_text"), table_named("group_note_revision")
    query = (
        select(texts.c.answer_id, texts.c.floor_question_id, texts.c.note_id, revisions.c.note_id.label("earlier"))
        .outerjoin(revisions, texts.c.revision_id == revisions.c.id)
        .where(belongs("sealed_text", series_id))
    )
    found: set[tuple[str, int]] = set()
    for row in connection.execute(query):
        named = (("answer_id", row.answer_id), ("floor_question_id", row.floor_question_id))
        named += (("note_id", row.note_id or row.earlier),)
        found.update((column, id_) for column, id_ in named if id_ is not None)
    return found


def leave_words_behind(connection: Connection, table: str, values: dict[str, Any], seals: Seals) -> None:
    """Put the shown words in place of the sealed ones, in place."""
    if table == "sealed_text":
        values["text"] = seals.texts.get(values["id"], values["text"])
    elif table == "redaction" and values["id"] in seals.cuts:
        values["start"], values["end"], values["mark"] = seals.cuts[values["id"]]
    elif table == "statement":
        leave_digests_behind(values, seals.sources)
    elif table == "edition":
        values["contents"] = carried_edition(connection, values, seals.unsaid)


def leave_digests_behind(values: dict[str, Any], sources: set[tuple[str, int]]) -> None:
    """Digests of words of which all but a name is shown can be guessed. Copies still have those of their original."""
    original = values["duplicate_of_id"] or values["id"]
    if values["wording_key"] not in ("", wording_key(values["text"])):
        values["wording_key"] = wording_key(f"{values['text']} {original}")
    if values["source_key"] and any((column, values[column]) in sources for column in COLUMNS.values()):
        values["source_key"] = wording_key(f"source {original}")


def carried_edition(connection: Connection, values: dict[str, Any], unsaid: Unsaid) -> dict[str, Any]:
    """The edition without what was cut since, in its list of changes too."""
    editions = table_named("edition")
    earlier = select(editions.c.contents).where(editions.c.draft_id == values["draft_id"])

    def before(number: int) -> dict[str, Any] | None:
        contents = connection.scalar(earlier.where(editions.c.number == number))
        return without_cuts(contents, unsaid) if contents is not None else None

    return cut_anew(without_cuts(values["contents"], unsaid), before)
