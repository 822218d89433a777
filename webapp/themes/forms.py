"""The shape of what an organiser sends from the board. Which ids are allowed is checked against the board itself."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from ..programme.models import FACETS
from .actions import TITLE_LIMIT
from .queries import FATES
from .statement_lists import Filters


class ThemeForm(FlaskForm):
    """A theme's title and the sentence that the report opens it with."""

    seen = HiddenField()
    title = StringField("Title", [DataRequired("A theme needs a title."), Length(max=TITLE_LIMIT)])
    statement = TextAreaField("In one sentence", [Optional(), Length(max=1000)])


def ticked(name: str = "statement") -> list[int]:
    """The whole numbers among the ticked boxes; anything else was not made by our page."""
    return [int(value) for value in request.form.getlist(name) if value.isdigit() and len(value) < 12]


def seen_version() -> int | None:
    value = request.form.get("seen", "")
    return int(value) if value.isdigit() and len(value) < 12 else None


def filters_asked_for(facets: tuple[str, ...] = FACETS) -> Filters:
    """The filters in the address; an unknown value is as good as none."""
    fate = request.args.get("fate", "received")
    facet = request.args.get("facet", "")
    return Filters(
        fate=fate if fate in FATES else "received",
        theme_id=request.args.get("theme", type=int),
        event_id=request.args.get("event", type=int),
        channel=request.args.get("channel", ""),
        facet=facet if facet in facets else "",
        words=request.args.get("words", "").replace("\x00", "").strip()[:200],
    )


def page_asked_for() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 100_000))
