"""The shapes of what is asked: series, events, sessions, questions."""

from marshmallow import fields
from marshmallow.validate import OneOf

from ..accounts.models import SERIES_ROLES
from ..programme.models import CONSENTS, FACETS, QUESTION_KINDS, REPORT_LANGUAGES, SESSION_KINDS
from .fields import Moment, Shape, given, given_list, page_of, words


class SeriesShape(Shape):
    """One or more events with one purpose."""

    id = given(fields.Integer, "Its id.")
    title = given(fields.String, "Its title.")
    purpose = given(fields.String, "What it is for.")
    organisers = given(fields.String, "Who organises it.")
    organisation_types = words("The kinds of organisation that delegates choose from.")
    facet_words = fields.Dict(
        keys=fields.String(validate=OneOf(FACETS)),
        values=fields.String(),
        required=True,
        metadata={"description": "The organiser's word for each facet."},
    )
    report_language = given(fields.String, "The language of its reports.", validate=OneOf(list(REPORT_LANGUAGES)))
    small_group = given(fields.Integer, "Groups smaller than this are withheld from breakdowns.")
    created_at = given(Moment, "When it was made.")
    role = given(fields.String, "Your role in it.", validate=OneOf(SERIES_ROLES))


class SessionShape(Shape):
    """A part of an event's day."""

    id = given(fields.Integer, "Its id.")
    title = given(fields.String, "Its title.")
    kind = given(fields.String, "What kind of session.", validate=OneOf(list(SESSION_KINDS)))
    speaker = given(fields.String, "Who speaks; empty where nobody is named.")


class EventShape(Shape):
    """Something that happens once, at a place, on a day."""

    id = given(fields.Integer, "Its id.")
    series_id = given(fields.Integer, "The series that it belongs to.")
    title = given(fields.String, "Its title.")
    place = given(fields.String, "Where it is.")
    starts_on = given(fields.Date, "Its first day.")
    ends_on = given(fields.Date, "Its last day, if it has several.", allow_none=True)
    time_zone = given(fields.String, "The time zone of its place, like Europe/London.")
    code = given(fields.String, "What delegates type or scan.")
    form_address = given(fields.String, "Where delegates answer.")
    state = given(fields.String, "Whether it takes responses now.", validate=OneOf(["before", "open", "closed"]))
    opens_at = given(Moment, "When it opens; null where nobody has said.", allow_none=True)
    closes_at = given(Moment, "When it closes; null where nobody has said.", allow_none=True)
    invited = given(fields.Integer, "How many were invited; null where nobody noted it.", allow_none=True)
    attended = given(fields.Integer, "How many came; null where nobody noted it.", allow_none=True)
    ask_consent = given(fields.Boolean, "Whether delegates are asked what may be done with their words.")
    default_consent = given(fields.String, "What may be done with them otherwise.", validate=OneOf(list(CONSENTS)))
    sessions = given_list(SessionShape, "Its sessions, in order.")


class QuestionShape(Shape):
    """Something asked at an event."""

    id = given(fields.Integer, "Its id.")
    event_id = given(fields.Integer, "The event at which it is asked.")
    session_id = given(fields.Integer, "The session that it belongs to, if any.", allow_none=True)
    copied_from_id = given(fields.Integer, "The same question at another event, if any.", allow_none=True)
    text = given(fields.String, "What is asked.")
    help = given(fields.String, "What stands below it, for those who answer.")
    kind = given(fields.String, "What kind of answer it takes.", validate=OneOf(list(QUESTION_KINDS)))
    choices = words("The choices, of the kinds that have them.")
    required = given(fields.Boolean, "Whether a response has to answer it.")
    about_project = given(fields.Boolean, "Whether it is about the project itself.")
    retired_at = given(Moment, "When it ceased to be asked; null while it is asked.", allow_none=True)


SeriesPage = page_of(SeriesShape, "series")
EventPage = page_of(EventShape, "events")
QuestionPage = page_of(QuestionShape, "questions")
