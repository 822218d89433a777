"""The shape of what organisers type about series, events, sessions and questions."""

from typing import Any

from flask import current_app
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from ..accounts.models import SERIES_ROLES
from .fields import ClockTime, Count, Day, Lines, line, paragraphs
from .models import CONSENTS, FACET_WORDS, QUESTION_KINDS, REPORT_LANGUAGES, SESSION_KINDS, Event, Question, Series
from .rules import clock_there, moment_there, time_zones

ORGANISATION_TYPES = (
    "District council",
    "County council",
    "Unitary council",
    "Metropolitan borough council",
    "London borough council",
    "Other public body",
    "Voluntary or community organisation",
    "Business",
    "Other",
)
ROLES = {
    "viewer": "Viewer: may read",
    "editor": "Editor: may change",
    "owner": "Owner: may let people in, and delete",
}


def offered(words: dict[str, str]) -> list[SelectChoice]:
    """A field's choices from their words by value."""
    return [SelectChoice(value, label) for value, label in words.items()]


class SeriesForm(FlaskForm):
    """A series, in the order of its report."""

    title = line("Title", "Write a title. It stands on the report's cover.")
    purpose = paragraphs("Purpose", description="The report's introduction. Leave a blank line between paragraphs.")
    organisers = paragraphs("Organisers", most=2000, description="Named on the cover and in the section on the events.")
    what_next = paragraphs("What next", description="The report's section “What next”, after the themes.")
    about_bodies = paragraphs("About the bodies", description="The report's section about who is behind the events.")
    contacts = paragraphs("Contacts", description="The report's last page: names, roles, addresses. One a line.")
    organisation_types = Lines(
        "Types of organisation", description="Asked once of each delegate. One a line; none leaves the question out."
    )
    small_group = Count(
        "Smallest group shown",
        1,
        100,
        "Write a number.",
        description="In breakdowns by type of "
        "organisation, groups smaller than this are withheld, so that nobody is recognised.",
    )
    report_language = SelectField(
        "The report's language",
        choices=offered(REPORT_LANGUAGES),
        default="en",
        description="Its headings, sentences and words of quantity. What delegates and you wrote stays as it is.",
    )
    observation = line("Word for observations", most=60)
    problem = line("Word for problems", most=60)
    approach = line("Word for approaches", most=60)
    suggestion = line("Word for suggestions", most=60)

    @classmethod
    def of(cls, series: Series | None) -> "SeriesForm":
        """The form as the series stands, or with sensible defaults for a new one."""
        if series is None:
            return cls(
                data={"organisation_types": list(ORGANISATION_TYPES), "small_group": 5, "report_language": "en"}
                | FACET_WORDS
            )
        return cls(obj=series, data=series.facet_words)

    def texts(self) -> dict[str, Any]:
        """What was typed, as `create_series` and `update_series` name it."""
        names = ("purpose", "organisers", "what_next", "about_bodies", "contacts", "organisation_types", "small_group")
        names += ("report_language",)
        texts = {name: self[name].data for name in names}
        return texts | {"facet_words": {facet: self[facet].data for facet in FACET_WORDS}}

    def validate_organisation_types(self, field: Lines) -> None:
        longest = max(map(len, field.data or []), default=0)
        if longest > 200:
            raise ValueError("A type of organisation has at most 200 characters.")
        if len(field.data or []) > 100:
            raise ValueError("At most 100 types of organisation, please: a delegate has to find theirs on a phone.")


class EventForm(FlaskForm):
    """An event."""

    title = line("Title", "Write a title. Delegates read it at the top of the form.")
    place = line("Place", description="A town and a venue, as the report should name them.")
    starts_on = Day("First day", [InputRequired("Say on which day it begins.")])
    ends_on = Day("Last day", description="Leave empty if it is the same day.")
    time_zone = SelectField(
        "Time zone", [InputRequired()], choices=lambda: [SelectChoice(zone) for zone in time_zones()]
    )
    code = line(
        "Code", most=40, description="What delegates type. 3 to 12 letters and digits; leave empty for a new one."
    )
    opens_at = ClockTime("Opens", description="Leave empty to open it by hand.")
    closes_at = ClockTime("Closes", description="Leave empty to close it by hand.")
    invited = Count("People invited")
    attended = Count("People who came", description="The report says how many of them answered.")
    default_consent = SelectField("What may be done with their words", [InputRequired()], choices=offered(CONSENTS))
    ask_consent = BooleanField("Let each delegate decide otherwise")
    ask_table = BooleanField(
        "Ask each delegate at which table they sit",
        description="For the coverage board alone: it counts them by table. The table stands beside no answer.",
    )
    copy_from = SelectField("Begin with the programme of", coerce=int, default=0)

    @classmethod
    def new(cls, series: Series, copy_from: int = 0) -> "EventForm":
        """The form for one more event: a copied event's place in the world stays, its day and code do not."""
        like = next((event for event in series.events if event.id == copy_from), None)
        zone = like.time_zone if like else current_app.config["DEFAULT_TIME_ZONE"]
        consent = (like.default_consent, like.ask_consent) if like else ("quote", True)
        defaults = {"time_zone": zone, "default_consent": consent[0], "ask_consent": consent[1]}
        defaults["ask_table"] = like.ask_table if like else False
        return cls(data=defaults | {"copy_from": like.id if like else 0})

    @classmethod
    def of(cls, event: Event) -> "EventForm":
        """The form as the event stands, its times as the clock at its place shows them."""
        there = {name: clock_there(getattr(event, name), event.time_zone) for name in ("opens_at", "closes_at")}
        return cls(data={name: getattr(event, name) for name in EVENT_VALUES} | there)

    def values(self) -> dict[str, Any]:
        """What was typed, as `create_event` and `update_event` name it. NotValid where a time does not exist."""
        values = {name: self[name].data for name in EVENT_VALUES}
        zone = values["time_zone"]
        return values | {name: moment_there(values[name], zone, name) for name in ("opens_at", "closes_at")}


EVENT_VALUES = (
    "title",
    "place",
    "starts_on",
    "ends_on",
    "time_zone",
    "code",
    "opens_at",
    "closes_at",
    "invited",
    "attended",
    "default_consent",
    "ask_consent",
    "ask_table",
)


class SessionForm(FlaskForm):
    """A session within an event."""

    title = line("Title", "Write a title.")
    kind = SelectField("Kind", [InputRequired()], choices=offered(SESSION_KINDS), default="group_discussion")
    speaker = line("Speakers", description="Who presents, leads or answers.")


class TableForm(FlaskForm):
    """One table, or one scribe."""

    name = line("Name", "Write a name.", most=100)
    facilitator = line("Who takes the notes", most=200)


class TablesForm(FlaskForm):
    """Tables 1 to N at once."""

    number = Count("How many tables", 1, 100, "Write how many.", default=8)


class QuestionForm(FlaskForm):
    """A question."""

    text = paragraphs("Question", "Write the question.", most=2000)
    help = paragraphs("Help", most=2000, description="A line in small type under the question.")
    kind = SelectField("Answered by", [InputRequired()], choices=offered(QUESTION_KINDS))
    choices = Lines(
        "Choices",
        description="For choices and rankings: one a line, at least two. "
        "For ratings of sessions, leave it empty to ask about every session of the event.",
    )
    required = BooleanField("An answer is needed to send the form")
    session = SelectField("Session", coerce=int, default=0)
    about_project = BooleanField("About the project: reported in a section of its own")
    begins_page = BooleanField("Begin a new page with it, on phones")

    @classmethod
    def of(cls, event: Event, question: Question | None = None) -> "QuestionForm":
        """The form of a question at the event, or of a new one."""
        kept = {name: getattr(question, name) for name in QUESTION_VALUES} if question else {}
        form = cls(data=kept | {"session": question.session_id or 0 if question else 0})
        form.session.choices = [
            SelectChoice(0, "The whole event"),
            *(SelectChoice(each.id, each.title) for each in event.sessions),
        ]
        return form

    def values(self, event: Event) -> dict[str, Any]:
        """What was typed, as `add_question` and `update_question` name it."""
        session = next((each for each in event.sessions if each.id == self.session.data), None)
        values = {name: self[name].data for name in QUESTION_VALUES} | {"session": session}
        if values["kind"] == "session_ratings" and not values["choices"]:
            values["choices"] = [each.title for each in event.sessions]
        return values


QUESTION_VALUES = ("text", "help", "kind", "choices", "required", "about_project", "begins_page")


class DeleteForm(FlaskForm):
    """The title, typed again."""

    typed_title = line("Title, typed again", "Type the title to confirm.")


class MemberForm(FlaskForm):
    """Somebody to let into the series."""

    email = line("E-mail address", "Write the address that the person signs in with.", most=320)
    role = SelectField("Role", [InputRequired()], choices=offered(ROLES), default="editor")


class RoleForm(FlaskForm):
    """Another role for a member."""

    role = SelectField(
        "Role", [InputRequired()], choices=[SelectChoice(role, role.capitalize()) for role in SERIES_ROLES]
    )


class OwnerForm(FlaskForm):
    """The account that is to own a series."""

    email = line("E-mail address", "Write the address that the person signs in with.", most=320)
