"""The shape of what comes in. A delegate's form is built from the event's questions."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from ..errors import DomainError
from ..programme.models import CONSENTS, FACET_WORDS, FACETS, Event, EventSession, Question, Series
from ..programme.queries import table_names_of
from ..text_input import clean_line
from .answer_fields import RankingField, SessionRatingsField, SeveralOrOtherField
from .answers import RATINGS, checked
from .asked import Asked
from .codes import sent_key
from .models import Response
from .sealing import all_as_sent

TAPS = {
    "observation": _l("noticed"),
    "problem": _l("problem"),
    "approach": _l("we do"),
    "suggestion": _l("suggest"),
}
CONSENT_WORDS = {
    "quote": _l("Yes, without my name"),
    "use": _l("Use it, but do not quote me"),
    "none": _l("Keep it out of reports"),
}

WEIGHT_WORDS = {
    "one": _l("one person"),
    "several": _l("several people"),
    "table": _l("the whole table"),
    "split": _l("the table split"),
}


def tap_words(series: Series) -> dict[str, str]:
    """The word of each facet's tap: the organiser's own where they changed it, else a short one."""
    own = series.facet_words or {}
    return {
        facet: own[facet] if own.get(facet, FACET_WORDS[facet]) != FACET_WORDS[facet] else str(TAPS[facet])
        for facet in FACETS
    }


def accepted_by(question: Question) -> Callable[[Form, Field], None]:
    """A validator that asks the domain whether the question accepts the value."""

    def check(_form: Form, answer: Field) -> None:
        if getattr(answer, "same", None):
            raise ValidationError(
                _("Two choices have the rank %(rank)s. Give each a rank of its own.", rank=answer.same)
            )
        if getattr(answer, "forged", False):
            raise ValidationError(_("One of the ranks sent is not offered by this question. Choose again."))
        try:
            blank = checked(question, answer.data) is None
        except DomainError as error:
            raise ValidationError(str(error)) from None
        if blank and question.required:
            raise ValidationError(_("This question needs an answer."))

    return check


def answer_field(question: Question) -> Field:
    """The unbound field for one question."""
    rules = [accepted_by(question)]
    if question.kind == "free_text":
        return TextAreaField(question.text, validators=rules)
    if question.kind == "several_choices":
        choices = [SelectChoice(choice) for choice in question.choices]
        return SelectMultipleField(question.text, choices=choices, validators=rules, validate_choice=False)
    if question.kind == "several_or_other":
        offered = [SelectChoice(choice) for choice in question.choices]
        return SeveralOrOtherField(question.text, choices=offered, validators=rules, validate_choice=False)
    if question.kind == "ranking":
        return RankingField(question.text, question.choices, validators=rules)
    if question.kind == "session_ratings":
        return SessionRatingsField(question.text, question.choices, validators=rules)
    ratings = RATINGS.get(question.kind)
    offered = [str(rating) for rating in ratings] if ratings else question.choices
    return RadioField(
        question.text, choices=[SelectChoice(value) for value in offered], validators=rules, validate_choice=False
    )


@dataclass
class Part:
    """Questions that stand together: of one session, or of none."""

    session: EventSession | None
    questions: list[Question] = field(default_factory=list)


def parts_of(questions: list[Question]) -> list[Part]:
    """The questions in order, a session's gathered where its first one stands."""
    parts: list[Part] = []
    of_session: dict[int, Part] = {}
    for question in questions:
        part = of_session.get(question.session_id) if question.session_id else None
        if part is None and question.session_id is None and parts and parts[-1].session is None:
            part = parts[-1]
        if part is None:
            part = Part(question.session)
            parts.append(part)
            if question.session_id:
                of_session[question.session_id] = part
        part.questions.append(question)
    return parts


def unasked_words(questions: list[Question]) -> list[str]:
    """What came in for questions that are not among these."""
    asked = {f"q{question.id}" for question in questions}
    # A part of a multipart form may have no name at all.
    given = (name for name in request.form if name and re.match(r"q\d+(-|$)", name))
    names = (name for name in given if name.partition("-")[0] not in asked)
    return [words for name in names for words in map(clean_line, request.form.getlist(name)) if words]


class ResponseForm(FlaskForm):
    """A delegate's form; `form_for` adds a field for each question."""

    client_key = HiddenField()

    def __init__(self, questions: list[Question], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.questions = questions
        self.client_key.data = sent_key(self.client_key.data)

    def answer(self, question: Question) -> Field:
        return self[f"q{question.id}"]

    def facet(self, question: Question) -> Field | None:
        return self._fields.get(f"f{question.id}")

    def own_consent(self, question: Question) -> Field | None:
        return self._fields.get(f"c{question.id}")

    @property
    def about(self) -> dict[str, Any]:
        """What was said beside the answers, as the actions name it."""
        kind, table, consent = (self._fields.get(name) for name in ("organisation_type", "table_name", "consent"))
        return {
            "organisation_type": (kind.data if kind else "") or "",
            "table_name": (table.data if table else "") or "",
            "consent": consent.data if consent else None,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Also False for words to a question that is not asked (any more): they are shown, not silently dropped."""
        good = super().validate(extra_validators)
        for words in unasked_words(self.questions):
            good = False
            self.form_errors.append(
                _(
                    "This was the answer to a question that is not asked any more, and was not stored: “%(words)s”. "
                    "Copy it to another answer if you want to say it, then send again.",
                    words=words,
                )
            )
        return good

    @property
    def said(self) -> dict[str, Any]:
        """All that was said but the answers, as the actions name it."""
        return {**self.about, "facets": self.facets, "consents": self.consents}

    @property
    def answers(self) -> dict[int, Any]:
        return {question.id: self.answer(question).data for question in self.questions}

    @property
    def facets(self) -> dict[int, str]:
        return self._chosen("f")

    @property
    def consents(self) -> dict[int, str]:
        """What may be done with a text, where that was said of it alone."""
        return self._chosen("c")

    def _chosen(self, letter: str) -> dict[int, str]:
        found = {question.id: self._fields.get(f"{letter}{question.id}") for question in self.questions}
        return {id_: field.data for id_, field in found.items() if field is not None and field.data}

    @property
    def wrong(self) -> Iterator[Field]:
        """The fields with an error, in the page's order."""
        return (each for each in self if each.errors and each.type not in ("CSRFTokenField", "HiddenField"))


def form_class(event: Event, questions: list[Question], tables: Sequence[str]) -> type[ResponseForm]:
    """The form of an event that asks these questions, and at which of the tables a delegate sits, if there are any."""
    fields: dict[str, Any] = {}
    taps = [SelectChoice(""), *(SelectChoice(*tap) for tap in tap_words(event.series).items())]
    consents = [SelectChoice(consent, CONSENT_WORDS[consent]) for consent in CONSENTS]
    several_texts = sum(question.kind == "free_text" for question in questions) > 1
    for question in questions:
        fields[f"q{question.id}"] = answer_field(question)
        if question.kind == "free_text" and event.ask_consent and several_texts:
            own = [SelectChoice("", _("As I say at the end")), *consents]
            fields[f"c{question.id}"] = SelectField(_("May we quote this answer?"), choices=own, default="")
        if question.kind == "free_text" and not question.about_project:
            fields[f"f{question.id}"] = RadioField(_("What kind of point is this?"), choices=taps, default="")
    if event.series.organisation_types:
        kinds = [SelectChoice("", _("Choose one")), *(SelectChoice(kind) for kind in event.series.organisation_types)]
        fields["organisation_type"] = SelectField(
            _("What kind of organisation are you from?"), choices=kinds, default=""
        )
    if tables:
        offered = [SelectChoice("", _("Choose one")), *(SelectChoice(name) for name in tables)]
        fields["table_name"] = SelectField(_("At which table do you sit?"), choices=offered, default="")
    if event.ask_consent:
        fields["consent"] = RadioField(
            _("May we quote what you wrote?"),
            choices=consents,
            default=event.default_consent,
        )
    return type("EventResponseForm", (ResponseForm,), fields)


def tables_asked(event: Event) -> list[str]:
    return table_names_of(event.id) if event.ask_table else []


def form_for(event: Event, questions: list[Question]) -> ResponseForm:
    """The event's form, filled with what came in, if anything did."""
    return form_class(event, questions, tables_asked(event))(questions)


def form_of(asked: Asked) -> ResponseForm:
    """The form of what is asked, filled with what came in; its class is built once a language."""
    key = ("form", str(get_locale()))
    if key not in asked.made:
        asked.made[key] = form_class(asked.event, asked.questions, asked.tables)
    # The fields alone: Flask-WTF would look for files as well.
    return asked.made[key](asked.questions, formdata=request.form if request.method == "POST" else None)


def correction_form(event: Event, questions: list[Question], response: Response) -> ResponseForm:
    """The event's form filled with what the response says now, or with what came in."""
    about = ("organisation_type", "table_name", "consent")
    said: dict[str, Any] = {name: getattr(response, name) for name in about}
    words = all_as_sent(response.current_answers)
    for answer in response.current_answers:
        value = words[answer.id] if answer.text is not None else answer.value
        said[f"q{answer.question_id}"] = str(value) if isinstance(value, int) else value
        said[f"f{answer.question_id}"] = answer.facet or ""
        said[f"c{answer.question_id}"] = answer.consent or ""
    tables = tables_asked(event)
    if response.table_name and response.table_name not in tables:
        tables.append(response.table_name)
    form = form_class(event, questions, tables)
    # What came in is the whole of it: an answer that is not in it was taken back.
    return form(questions) if request.method == "POST" else form(questions, data=said)


class ErasureForm(FlaskForm):
    """Why a response is erased."""

    reason = StringField(
        "Why it is erased",
        [
            InputRequired("Write why it is erased. Leave out who asked."),
            Length(max=300, message="Write at most 300 characters."),
        ],
    )


class NewsForm(FlaskForm):
    """Where to send news of the project. Asked beside the response, never with it."""

    email = StringField(_l("Your e-mail address"))

    def validate_email(self, entered: Field) -> None:
        try:
            entered.data = validate_email(clean_line(entered.data), check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("This is not an e-mail address. Write it like name@example.org.")) from None
