"""The API's description, OpenAPI 3.1, made from its views and shapes; and the decorator that adds a view to it."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Request, Response, current_app
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from ..problems import MIMETYPE
from ..report.schema import schema as report_schema
from .bearer import LARGEST_BODY, needs
from .fields import Moment, Shape, WholeNumber
from .models import SCOPES
from .shapes_responses import AnswerValue, value_described

VERSION = "1.0.0"
INTRODUCTION = (
    "What Rapporteur collects and makes of it, for programs. Every request carries a personal token as "
    "`Authorization: Bearer rap_...`; you make one under *Your account*, *Tokens for programs*. A token sees what its "
    "owner may see, no more, and only for what it was made. Lists come in pages of at most 100, in the order of ids: "
    "send `next_after` as `after` for the next. Errors are `application/problem+json` (RFC 9457). Words that were "
    "withheld, withdrawn, or given without leave to quote them are in no answer, nor are those by which somebody could "
    "be reached, until a person has looked at them; `left_out` says why."
)


class BodyParser(FlaskParser):
    """webargs' parser; a body that Python will not read, though it is JSON, is one that could not be read."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:
            # Lists in lists without end, or a number of thousands of digits.
            raise BadRequest from error


class ApiBlueprint(Blueprint):
    """flask-smorest's, with our parser."""

    ARGUMENTS_PARSER = BodyParser()


bp = ApiBlueprint("api", __name__, url_prefix="/api/v1", description="The JSON API")

# What can go wrong, whatever is asked; and what only where something is sent or named.
ALWAYS = {
    401: "No token that works was sent.",
    403: "The token's scope or its owner's role does not allow it.",
    422: "Some values will not do; `errors` names each.",
    429: "Too many requests in a short time; `Retry-After` says how many seconds to wait.",
    500: "Something failed on our side. It is in the server's log under `request_id`.",
    503: "The database does not serve just now; the same request may be sent again.",
}
NAMED = {404: "There is nothing there, or its owner may not know of it."}
TAKEN_BACK = {410: "It was public and was taken back; `detail` says why."}
SENT = {
    400: "The body is not JSON, or nests too deep.",
    409: "It stands against what is there already; `detail` says against what.",
    413: f"The body is larger than {LARGEST_BODY // 1024**2} MB.",
    415: "The body is not application/json.",
}


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """What a token reads is for its holder alone, and stays in no cache on the way."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


class FaultShape(Shape):
    """One value that will not do."""

    pointer = fields.String(metadata={"description": "Where in the body, as a JSON Pointer."})
    parameter = fields.String(metadata={"description": "Which parameter or header."})
    detail = fields.String(required=True, metadata={"description": "What is wrong with it, in plain words."})


class ProblemShape(Shape):
    """What went wrong, as RFC 9457 has it."""

    type = fields.String(required=True, metadata={"description": "Always about:blank."})
    title = fields.String(required=True, metadata={"description": "The status in words."})
    status = fields.Integer(required=True, metadata={"description": "The status code."})
    detail = fields.String(required=True, metadata={"description": "What went wrong, in plain words."})
    request_id = fields.String(required=True, metadata={"description": "By which the server's log names the request."})
    errors = fields.List(fields.Nested(FaultShape), metadata={"description": "Each value that will not do."})


class RapporteurApi(Api):
    """flask-smorest's, save for errors, which have their one place in `error_pages`."""

    def _register_error_handlers(self) -> None:
        pass


def resource(
    method: str,
    rule: str,
    tag: str,
    scope: str,
    answer: type[Schema] | dict[str, Any],
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    status: int = 200,
    **documented: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put the view at the address, for tokens with the scope, and describe it. Its docstring is its description."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        decorated = bp.response(status, answer, description=documented.pop("said", "As asked."))(view)
        if body is not None:
            decorated = bp.arguments(body)(decorated)
        if query is not None:
            decorated = bp.arguments(query, location="query", unknown=None)(decorated)
        decorated = bp.doc(operationId=view.__name__, security=[{"token": [scope]}], **documented)(decorated)
        bp.add_url_rule(rule, None, needs(scope)(decorated), methods=[method], tags=[tag])
        return decorated

    return decorate


def describe(app: Flask) -> None:
    """Register the API's addresses and what describes them; its views have been imported."""
    app.config["API_TITLE"], app.config["API_VERSION"], app.config["OPENAPI_VERSION"] = "Rapporteur", VERSION, "3.1.0"
    api = RapporteurApi()
    api.register_field(WholeNumber, "integer", None)
    api.register_field(Moment, "string", "date-time")
    api.register_field(AnswerValue, None, None)
    scopes = "\n".join(f"- `{scope}`: {meaning}" for scope, meaning in SCOPES.items())
    plugin = MarshmallowPlugin(schema_name_resolver=name_of)
    api.init_app(app, spec_kwargs={"info": {"description": INTRODUCTION}, "marshmallow_plugin": plugin})
    plugin.converter.add_attribute_function(value_described)
    api.spec.components.security_scheme(
        "token", {"type": "http", "scheme": "bearer", "description": f"A personal token. Scopes:\n{scopes}"}
    )
    api.spec.components.schema("Problem", schema=ProblemShape)
    for name, part in report_parts().items():
        api.spec.components.schema(name, part)
    api.register_blueprint(bp)
    app.extensions["api"] = api


def name_of(shape: Schema | type[Schema] | str) -> str | None:
    """What the description calls a shape; the parameters of an address need no name."""
    name = shape if isinstance(shape, str) else getattr(shape, "__name__", type(shape).__name__)
    return None if name.endswith("Query") else str(name).removesuffix("Shape")


def report_parts() -> dict[str, Any]:
    """The report's own schema, each part of it by a name of this description's."""
    whole = report_schema()
    whole.pop("$schema")
    whole.pop("$id")
    parts = {"Report": whole, **{f"Report.{name}": part for name, part in whole.pop("$defs").items()}}
    moved: dict[str, Any] = json.loads(json.dumps(parts).replace("#/$defs/", "#/components/schemas/Report."))
    return moved


def document() -> dict[str, Any]:
    """The whole description, as it is served."""
    return described(current_app.extensions["api"])


@cache
def described(api: Api) -> dict[str, Any]:
    spec: dict[str, Any] = api.spec.to_dict()
    # The library's own shapes of errors and pages are answered nowhere.
    for name in ("ErrorSchema", "PaginationMetadataSchema"):
        spec["components"]["schemas"].pop(name, None)
    spec["components"].pop("headers", None)
    spec["components"]["responses"] = {
        str(status): {
            "description": meaning,
            "content": {MIMETYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, meaning in {**ALWAYS, **NAMED, **TAKEN_BACK, **SENT}.items()
    }
    for path, operations in spec["paths"].items():
        parameters = operations.pop("parameters", [])
        for method, operation in operations.items():
            operation["parameters"] = [*parameters, *operation.get("parameters", [])]
            for one in operation["parameters"]:
                one.setdefault("description", f"The id of the {one['name'].removesuffix('_id')}.")
            possible = {**ALWAYS, **(NAMED if "{" in path else {}), **(SENT if method == "post" else {})}
            for status in sorted(possible):
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
            operation["responses"].pop("default", None)
    return spec
