"""The description of the API as plain values that a page can list: nobody needs a script to read it."""

from typing import Any, NamedTuple

METHODS = ("get", "post", "put", "patch", "delete")


class Field(NamedTuple):
    """One line of a table: how deep it lies in its object, its name, what it is, what it means."""

    depth: int
    name: str
    kind: str
    meaning: str
    needed: bool


class Call(NamedTuple):
    """One method at one address."""

    id: str
    method: str
    path: str
    title: str
    more: str
    scope: str
    parameters: list[Field]
    body: list[Field]
    status: str
    answer: list[Field]
    answer_words: str
    errors: list[tuple[str, str]]


def calls_by_tag(spec: dict[str, Any]) -> dict[str, list[Call]]:
    """Every call, by the part of the API that it belongs to, in the order of the description."""
    found: dict[str, list[Call]] = {}
    for path, operations in spec["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                found.setdefault(operation["tags"][0], []).append(call(spec, path, method, operation))
    return found


def call(spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Call:
    good = next(status for status in operation["responses"] if status.startswith("2"))
    answered = operation["responses"][good]
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation.get("summary", ""),
        more=operation.get("description", ""),
        scope=operation["security"][0]["token"][0],
        parameters=[parameter(spec, one) for one in operation["parameters"]],
        body=fields_of(spec, sent.get("schema", {})),
        status=good,
        answer=fields_of(spec, answered.get("content", {}).get("application/json", {}).get("schema", {})),
        answer_words=answered.get("description", ""),
        errors=[
            (status, resolved(spec, one).get("description", ""))
            for status, one in operation["responses"].items()
            if not status.startswith("2")
        ],
    )


def resolved(spec: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """What a reference points at; anything else is itself."""
    while "$ref" in part:
        target: Any = spec
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        part = {**target, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def parameter(spec: dict[str, Any], one: dict[str, Any]) -> Field:
    one = resolved(spec, one)
    return Field(0, one["name"], kind_of(spec, one["schema"]), one.get("description", ""), one.get("required", False))


def fields_of(spec: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> list[Field]:
    """The fields of an object and of what it holds; the report's are in its own schema and not repeated here."""
    schema = held_in(spec, schema)
    needed = schema.get("required", [])
    found = []
    for name, inner in schema.get("properties", {}).items():
        meaning = inner.get("description") or resolved(spec, inner).get("description", "")
        found.append(Field(depth, name, kind_of(spec, inner), meaning, name in needed))
        if depth < 3:
            found += fields_of(spec, inner, depth + 1)
    return found


def held_in(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The object that a schema describes, or that its list holds; the report and anything else have no fields here."""
    if schema.get("$ref", "").endswith("/Report"):
        return {}
    schema = resolved(spec, schema)
    if "items" in schema:
        return held_in(spec, schema["items"])
    choices = [one for one in schema.get("anyOf", schema.get("allOf", [])) if one.get("type") != "null"]
    return held_in(spec, choices[0]) if choices else schema


def kind_of(spec: dict[str, Any], schema: dict[str, Any]) -> str:
    """ "text", "whole number or null", "list of text", "one of a, b"."""
    schema = resolved(spec, schema)
    if "enum" in schema:
        words = [str(value) for value in schema["enum"] if value is not None]
        return "one of " + ", ".join(words) + (" or null" if None in schema["enum"] else "")
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(kind_of(spec, one) for one in schema["anyOf"]))
    names = schema.get("type", "any")
    listed = names if isinstance(names, list) else [names]
    return " or ".join(plain_kind(spec, schema, name) for name in listed)


def plain_kind(spec: dict[str, Any], schema: dict[str, Any], name: str) -> str:
    if name == "array":
        inner = kind_of(spec, schema.get("items", {}))
        return "list of " + ("objects" if inner == "object" else inner)
    if name == "integer" and "maximum" in schema and schema["maximum"] < 1000:
        return f"whole number from {schema.get('minimum', 0)} to {schema['maximum']}"
    by_format = {"date-time": "date and time", "date": "date"}.get(schema.get("format", ""))
    plain = {"integer": "whole number", "string": "text", "boolean": "true or false", "any": "any value"}
    return by_format if by_format and name == "string" else plain.get(name, name)
