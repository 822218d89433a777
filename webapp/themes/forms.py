"""The shape of what an organiser sends from the board. Which ids are allowed is checked against the board itself."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from ..programme.models import FACETS
from ..text_input import clean_line
from .actions import NOTE_LIMIT, STATEMENT_LIMIT, TITLE_LIMIT
from .models import CHANNELS
from .queries import FATES
from .statement_lists import Filters


class ThemeForm(FlaskForm):
    """A theme's title and the sentence that the report opens it with."""

    seen = HiddenField()
    title = StringField("Title", [DataRequired("A theme needs a title."), Length(max=TITLE_LIMIT)])
    statement = TextAreaField("In one sentence", [Optional(), Length(max=STATEMENT_LIMIT)])
    note = StringField("Why", [Optional(), Length(max=NOTE_LIMIT)])


def ticked(name: str = "statement") -> list[int]:
    """The whole numbers among the ticked boxes; anything else was not made by our page."""
    return [number for value in request.form.getlist(name) if (number := _whole_number(value)) is not None]


def seen_version() -> int | None:
    """The version of the board that the page showed, where it says so."""
    return _whole_number(request.form.get("seen", ""))


def why() -> str:
    """The note that the person gives their decision, or none."""
    return clean_line(request.form.get("note"))[:NOTE_LIMIT]


def _whole_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def filters_asked_for(args: Mapping[str, str] | None = None) -> Filters:
    """The filters in the address; an unknown value is as good as none."""
    args = request.args if args is None else args
    fate = args.get("fate", "received")
    facet, channel = args.get("facet", ""), args.get("channel", "")
    return Filters(
        fate=fate if fate in FATES else "received",
        theme_id=_whole_number(args.get("theme", "")),
        event_id=_whole_number(args.get("event", "")),
        session_id=_whole_number(args.get("session", "")),
        question_id=_whole_number(args.get("question", "")),
        channel=channel if channel in CHANNELS else "",
        organisation=clean_line(args.get("organisation"))[:200],
        facet=facet if facet in FACETS else "",
        words=clean_line(args.get("words"))[:200],
        personal="yes" if args.get("personal") == "yes" else "",
    )


def search_sent() -> Filters:
    """The filters of the page that a decision was sent from, as its hidden field repeats them."""
    return filters_asked_for(dict(parse_qsl(request.form.get("search", ""))))


def page_asked_for() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 100_000))
