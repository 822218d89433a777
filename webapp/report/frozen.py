"""A `Report` as plain values that can be stored, and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .brand import Brand
from .data import Data
from .document import Balance, Evidence, Figures, Item, Paragraph, Quote, Report, Run, Section, StatementRow

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
