"""Form fields that clean what is typed, keep it when it is wrong, and say in plain words what is wrong."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, Field, Form, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, StopValidation

from ..text_input import clean_line, clean_lines, clean_text

LONGEST_LINE = 300
LONGEST_TEXT = 20_000


class AtMost:
    """At most so many characters. It sets no `maxlength`, by which a browser cuts what is pasted without a word."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        if len(field.data or "") > self.most:
            raise StopValidation(f"At most {self.most:,} characters, please; this has {len(field.data):,}.")


class NotEmpty(InputRequired):
    """Something other than space."""

    def __call__(self, _form: Form, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if not field.data or not str(field.data).strip():
            raise StopValidation(self.message)


def line(label: str, needed: str = "", most: int = LONGEST_LINE, **more: Any) -> StringField:
    """One line of text; `needed` is what is said when it is empty."""
    checks = [NotEmpty(needed) if needed else Optional(), AtMost(most)]
    return StringField(label, checks, filters=[clean_line], **more)


def paragraphs(label: str, needed: str = "", most: int = LONGEST_TEXT, **more: Any) -> TextAreaField:
    """Paragraphs of text."""
    checks = [NotEmpty(needed) if needed else Optional(), AtMost(most)]
    return TextAreaField(label, checks, filters=[clean_text], **more)


class Lines(TextAreaField):
    """A list, written one entry a line; `data` is a list of strings."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean_lines(valuelist[0]) if valuelist else []

    def _value(self) -> str:
        return clean_text(self.raw_data[0]) if self.raw_data else "\n".join(self.data or [])


class Day(DateField):
    """A date."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not any(map(clean_line, valuelist)):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("This is not a date. Write it like 2003-07-08.") from error


class ClockTime(DateTimeLocalField):
    """A date and a time of day, at the event's place."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not any(map(clean_line, valuelist)):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("This is not a date and time. Write it like 2003-07-08T09:00.") from error


class Count(IntegerField):
    """How many people: a whole number from `least` to `most`, or nothing."""

    def __init__(self, label: str, least: int = 0, most: int = 1_000_000, needed: str = "", **more: Any) -> None:
        super().__init__(label, [NotEmpty(needed) if needed else Optional(), self.in_range], **more)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]).replace(",", "").replace(" ", "") if valuelist else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(f"Write a whole number from {self.least:,} to {self.most:,}.")
        self.data = int(typed) if typed else None

    def in_range(self, _form: Form, _field: Field) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            raise StopValidation(f"Write a whole number from {self.least:,} to {self.most:,}.")


def say(form: FlaskForm, field: str, message: str) -> None:
    """Put an error that an action found next to its field, or at the first field where the form has none such."""
    target = form[field] if field in form else next(iter(form))
    target.errors = [*target.errors, message]
