"""A `Report` as plain values that can be stored, and back again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .brand import Brand
from .data import Data
from .document import Balance, Evidence, Figures, Item, Paragraph, Quote, Report, Run, Section, StatementRow

# The fields that hold words for readers; what is in the others is for programs.
WORDS = frozenset("text title statement theme note caption head rows row column attribution standing".split())
TAKEN_BACK = "[words taken back since publication]"
# Where stored contents keep the numbers of the statements whose words were taken out of them for good.
TAKEN_OUT = "taken_out"


def frozen(report: Report) -> dict[str, Any]:
    """What JSON can hold; `thawed` gives an equal report."""
    contents = asdict(report)
    for name in ("drafted_at", "published_at"):
        contents[name] = contents[name].isoformat() if contents[name] else None
    return contents


def thawed(contents: Mapping[str, Any]) -> Report:
    values = {name: value for name, value in contents.items() if name != TAKEN_OUT}
    for name in ("drafted_at", "published_at"):
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    values["balance"] = Balance(**values["balance"])
    values["sections"] = tuple(_section(each) for each in values["sections"])
    values["brand"] = Brand(**values["brand"]) if values.get("brand") else None
    values["data"] = Data.thawed(values["data"])
    values["statements"] = tuple(StatementRow(**each) for each in values["statements"])
    return Report(**values)


def _section(values: Mapping[str, Any]) -> Section:
    paragraphs = tuple(_paragraph(each) for each in values["paragraphs"])
    return Section(
        **{**values, "paragraphs": paragraphs, "sections": tuple(_section(each) for each in values["sections"])}
    )


def _paragraph(values: Mapping[str, Any]) -> Paragraph:
    return Paragraph(
        **{
            **values,
            "runs": _runs(values["runs"]),
            "items": tuple(
                Item(**{**each, "runs": _runs(each["runs"]), "quotes": _quotes(each["quotes"])})
                for each in values["items"]
            ),
            "quotes": _quotes(values["quotes"]),
            "figures": _figures(values["figures"]),
            "evidence": tuple(Evidence(**each) for each in values["evidence"]),
        }
    )


def _runs(values: Sequence[Mapping[str, Any]]) -> tuple[Run, ...]:
    return tuple(Run(**each) for each in values)


def _quotes(values: Sequence[Mapping[str, Any]]) -> tuple[Quote, ...]:
    return tuple(Quote(**each) for each in values)


def _figures(values: Mapping[str, Any] | None) -> Figures | None:
    if values is None:
        return None
    rows = tuple(tuple(row) for row in values["rows"])
    return Figures(**{**values, "head": tuple(values["head"]), "rows": rows})


def without_words(contents: dict[str, Any], taken_back: frozenset[int]) -> dict[str, Any]:
    """The frozen contents without the words of the named statements: their quotes go, their evidence and rows keep
    their place with no text, and where a person repeated them in a paragraph a mark stands instead."""
    if not taken_back:
        return contents
    words = {
        row["text"].strip()
        for row in contents["statements"]
        if row["id"] in taken_back and len(row["text"].split()) >= 3
    }
    return _cleaned(contents, taken_back, sorted(words, key=len, reverse=True))


def _cleaned(value: Any, taken_back: frozenset[int], words: list[str]) -> Any:
    if isinstance(value, str):
        for each in words:
            value = value.replace(each, TAKEN_BACK)
        return value
    if isinstance(value, list):
        kept = [each for each in value if not _is_quote_of(each, taken_back)]
        return [_cleaned(each, taken_back, words) for each in kept]
    if isinstance(value, dict):
        statement = value.get("statement_id", value.get("id")) if "text" in value else None
        if statement in taken_back:
            value = {**value, "text": ""}
        elif isinstance(statement, int):
            # Somebody else's words stand, be they the same.
            return value
        return {key: _cleaned(each, taken_back, words) for key, each in value.items()}
    return value


def reworded(value: Any, reword: Callable[[Any], Any]) -> Any:
    """The frozen contents with each stretch of words in them put through `reword`."""
    if isinstance(value, dict):
        return {key: reword(each) if key in WORDS else reworded(each, reword) for key, each in value.items()}
    return [reworded(each, reword) for each in value] if isinstance(value, list) else value


def _is_quote_of(value: Any, taken_back: frozenset[int]) -> bool:
    return isinstance(value, dict) and "cut_after" in value and value["statement_id"] in taken_back
