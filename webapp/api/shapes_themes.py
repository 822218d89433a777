"""The shapes of what it means: statements, themes, placements; and of what was published."""

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from ..collect.models import WEIGHTS
from ..programme.models import FACETS
from ..themes.models import CHANNELS
from .fields import Moment, PageQuery, Shape, asked, given, number_of, one_of, page_of

BOARDS = ("subject", "project")
FATES = ("used", "duplicate", "in_no_theme")


class StatementShape(Shape):
    """One idea in somebody's words. What was withheld or taken back is not among them."""

    id = given(fields.Integer, "Its id, the same in every file of every report.")
    board = given(fields.String, "What it is about.", validate=OneOf(BOARDS))
    event_id = given(fields.Integer, "The event at which it was said.")
    session_id = given(fields.Integer, "The session, if it was said in one.", allow_none=True)
    question_id = given(fields.Integer, "The question that it answers, if any.", allow_none=True)
    channel = given(fields.String, "How it was said.", validate=OneOf(list(CHANNELS)))
    weight = given(
        fields.String,
        "How many at the table said it; null off the tables.",
        allow_none=True,
        validate=OneOf(list(WEIGHTS)),
    )
    facet = given(fields.String, "What kind of point it is.", validate=OneOf(FACETS))
    fate = given(fields.String, "What became of it.", validate=OneOf(FATES))
    duplicate_of_id = given(fields.Integer, "The statement that it repeats, if it is a duplicate.", allow_none=True)
    theme_id = given(fields.Integer, "Its theme, if it is in one.", allow_none=True)
    consent = given(fields.String, "What its author allowed.", validate=OneOf(["quote", "use"]))
    text = given(fields.String, "Its words; null where `left_out` says why not.", allow_none=True)
    left_out = given(
        fields.String,
        "Why its words are left out. consent: its author is not to be quoted; personal_details: an address or a number "
        "of a person stands in them, and nobody has said on the board that it is none. Null where they are told.",
        allow_none=True,
        validate=OneOf(["consent", "personal_details"]),
    )
    read_at = given(Moment, "When it was read from its source.")


class ThemeShape(Shape):
    """A theme as it stands on the board. People, tables and questions from the floor are counted apart."""

    id = given(fields.Integer, "Its id.")
    board = given(fields.String, "What its statements are about.", validate=OneOf(BOARDS))
    number = given(fields.Integer, "Its place in the organiser's order, from 1.")
    title = given(fields.String, "Its title.")
    statement = given(fields.String, "The theme in one sentence; empty until somebody writes it.")
    statements = given(fields.Integer, "How many statements are in it.")
    people = given(fields.Integer, "How many delegates wrote them.")
    tables = given(fields.Integer, "How many tables noted them.")
    floor_questions = given(fields.Integer, "How many questions from the floor are among them.")
    presentations = given(fields.Integer, "How many presentations they come from.")
    events = given(fields.Integer, "At how many events it was heard.")


class PlacementShape(Shape):
    """A statement in its theme."""

    statement_id = given(fields.Integer, "The statement.")
    theme_id = given(fields.Integer, "The theme.")
    placed_by = given(fields.String, "Who placed it.", validate=OneOf(["person", "software"]))
    confidence = given(
        fields.Float, "How sure the software was, where it placed it.", allow_none=True, validate=Range(0, 1)
    )


class EditionShape(Shape):
    """A published report."""

    id = given(fields.Integer, "Its id.")
    series_id = given(fields.Integer, "The series that it reports on.")
    event_id = given(fields.Integer, "The event, where it reports on one alone.", allow_none=True)
    number = given(fields.Integer, "Which edition of that report, from 1.")
    published_at = given(Moment, "When it was published.")
    unpublished_at = given(Moment, "When it was taken back; null while it is public.", allow_none=True)
    unpublished_reason = given(fields.String, "Why it was taken back; empty while it is public.")
    address = given(fields.String, "Its page, for everybody.")
    report = given(fields.String, "Its contents, by this API.")


class StatementQuery(PageQuery):
    board = one_of(BOARDS, "Only those about the subject, or about the project itself.")
    event = number_of("event")
    session = number_of("session")
    question = number_of("question")
    theme = number_of("theme")
    channel = one_of(CHANNELS, "Only those said in this way.")
    facet = one_of(FACETS, "Only those of this kind.")
    fate = one_of(FATES, "Only those of which this became.")
    read_since = asked(Moment, "Only those read at this moment or later.")


class ThemeQuery(Shape):
    board = one_of(BOARDS, "Only those of one board.")
    event = number_of("event")


class PlacementQuery(PageQuery):
    board = one_of(BOARDS, "Only those of one board.")
    event = number_of("event")
    theme = number_of("theme")


class EditionQuery(PageQuery):
    published_since = asked(Moment, "Only those published at this moment or later.")


StatementPage = page_of(StatementShape, "statements")
PlacementPage = page_of(PlacementShape, "placements")
EditionPage = page_of(EditionShape, "editions")


class ThemeList(Shape):
    """All themes of a series, in the organiser's order; those that nobody speaks for any more are left out."""

    items = fields.List(fields.Nested(ThemeShape), required=True, metadata={"description": "The themes."})
