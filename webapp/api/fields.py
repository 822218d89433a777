"""The fields of the API's shapes: strict in what they take, each with its meaning, which the documentation tells."""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import OneOf, Range

from ..row_ids import LARGEST, row_id

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
LARGEST_PAGE, USUAL_PAGE = 100, 50


class Shape(Schema):
    """One kind of object; a name that it does not have is an error, not silence."""

    class Meta:
        unknown = RAISE


def given(kind: type[fields.Field], meaning: str, **more: Any) -> Any:
    """A field of an answer: always there, if only as null."""
    return kind(required=True, metadata={"description": meaning}, **more)


def asked(kind: type[fields.Field], meaning: str, **more: Any) -> Any:
    """A field that may be sent."""
    return kind(metadata={"description": meaning}, **more)


class WholeNumber(fields.Integer):
    """A number in an address: its digits alone."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        try:
            return row_id(value)
        except ValueError as error:
            raise ValidationError(f"Write a whole number from 0 to {LARGEST}.") from error


class Moment(fields.DateTime):
    """A date and time with its zone, as RFC 3339 writes it."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> datetime:
        if isinstance(value, str) and MOMENT.fullmatch(value):
            try:
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
            except (ValueError, OverflowError):
                pass
        raise ValidationError("Write a date and time with its zone, like 2003-07-08T09:00:00Z.")


def one_of(words: Any, meaning: str, **more: Any) -> Any:
    """A filter that takes one of these words."""
    return asked(fields.String, meaning, validate=OneOf(list(words), error="One of: {choices}."), **more)


def number_of(what: str) -> Any:
    """A filter by the id of something."""
    return asked(WholeNumber, f"Only those of the {what} with this id.", validate=Range(0, LARGEST))


class PageQuery(Shape):
    """Which page of a list."""

    limit = WholeNumber(
        load_default=USUAL_PAGE,
        validate=Range(1, LARGEST_PAGE, error=f"From 1 to {LARGEST_PAGE}."),
        metadata={"description": "How many at most."},
    )
    after = WholeNumber(
        load_default=0,
        validate=Range(0, LARGEST),
        metadata={"description": "`next_after` of the page before; left out for the first page."},
    )


def page_of(inner: type[Schema], what: str) -> type[Schema]:
    """The shape of a page of such objects."""
    return type(
        inner.__name__.removesuffix("Shape") + "Page",
        (Shape,),
        {
            "__doc__": f"A page of {what}, in the order of their ids.",
            "items": given_list(inner, f"The {what} of this page."),
            "next_after": given(
                fields.Integer, "What to send as `after` for the next page; null on the last.", allow_none=True
            ),
        },
    )


def given_list(inner: type[Schema], meaning: str, **more: Any) -> Any:
    return fields.List(fields.Nested(inner), required=True, metadata={"description": meaning}, **more)


def words(meaning: str) -> Any:
    """A list of texts in an answer."""
    return fields.List(fields.String(), required=True, metadata={"description": meaning})
