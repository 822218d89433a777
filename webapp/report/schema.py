"""The published shape of the report's JSON file, as a JSON Schema (draft 2020-12), read off the `Report` itself."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from .codebook import TABLES
from .data import BreakdownRow, EventRow, PlacementRow, ResponseRow, ThemeRow
from .document import Report, StatementRow

FORMAT = "rapporteur-report/1"
SCHEMA_ID = "urn:rapporteur:report:1"
SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
ROWS = {
    StatementRow: "statements",
    ThemeRow: "themes",
    PlacementRow: "placements",
    ResponseRow: "responses",
    BreakdownRow: "breakdowns",
    EventRow: "events",
}


def schema() -> dict[str, Any]:
    """The whole schema: every part of the document under `$defs`, with what it is."""
    parts: dict[str, Any] = {}
    root = described(Report, parts)
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    root["required"] = ["format", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "A report of Rapporteur",
        **root,
        "$defs": parts,
    }


def described(kind: type, parts: dict[str, Any]) -> dict[str, Any]:
    """A dataclass as an object with all its fields; what it is made of goes into `parts`."""
    hints = get_type_hints(kind)
    columns = {column.name: column.meaning for column in TABLES[ROWS[kind]][2]} if kind in ROWS else {}
    properties = {}
    for field in fields(kind):
        properties[field.name] = shape(hints[field.name], parts)
        if field.name in columns:
            properties[field.name]["description"] = columns[field.name]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def shape(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """The schema of one annotation: plain values, several of one, one or nothing, or a part of the document."""
    if hint in SIMPLE:
        return {"type": SIMPLE[hint]}
    if hint is datetime:
        return {"type": "string", "format": "date-time"}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": shape(get_args(hint)[0], parts)}
    if isinstance(hint, UnionType):
        return {"anyOf": [shape(each, parts) for each in get_args(hint)]}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in parts:
            parts[hint.__name__] = {}
            parts[hint.__name__].update(described(hint, parts))
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"the schema has no word for {hint!r}")
