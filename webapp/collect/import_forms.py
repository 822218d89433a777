"""The shape of an uploaded file, and of what its columns are to become."""

from collections.abc import Sequence

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField

from ..programme.models import QUESTION_KINDS, Question, Series
from ..row_ids import row_id
from .mapping import ROLES

FORMATS = ".csv,.txt,.tsv,.xlsx"


def event_id(value: object) -> int:
    """0 for none of the events."""
    return row_id(str(value))


class UploadForm(FlaskForm):
    """A file of answers, and the event at which they were given."""

    file = FileField("File", validators=[FileRequired("Choose a file first.")], render_kw={"accept": FORMATS})
    event = SelectField("Event at which they were given", coerce=event_id, validate_choice=False)

    def __init__(self, series: Series) -> None:
        super().__init__()
        several = len(series.events) != 1
        nothing = [SelectChoice(0, "Named in the file, or a new one")]
        events = [SelectChoice(event.id, event.title) for event in series.events]
        self.event.choices = nothing + events if several else events + nothing
        if not self.is_submitted() and series.events and not several:
            self.event.data = series.events[0].id


def targets_sent(count: int) -> list[str]:
    """What each column is to become, as the form says."""
    return [request.form.get(f"t{at}", "out") for at in range(count)]


def targets_offered(questions: Sequence[Question]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(value, words)]) of each group of targets."""
    asked = [(f"q:{question.id}", f"{question.text[:90]} ({QUESTION_KINDS[question.kind]})") for question in questions]
    made = [(f"new:{kind}", f"New question: {words}") for kind, words in QUESTION_KINDS.items()]
    roles = list(ROLES.items())
    return [
        ("", roles[:1]),
        *([("Answers a question of the event", asked)] if asked else []),
        ("Make a question of it", made),
        ("Says of the response", roles[1:4]),
        ("In a table with one comment a row", roles[4:]),
    ]
