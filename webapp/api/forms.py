"""What is typed about tokens and webhooks."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from ..text_input import clean_line
from .models import SCOPES
from .models_webhooks import KINDS

LIVES = {"30": "30 days", "90": "90 days", "365": "a year"}


def at_least_one(_form: FlaskForm, field: Field) -> None:
    """Some box is ticked. It marks no box as required, for a browser would then ask for every one."""
    if not field.data:
        raise StopValidation("Choose at least one.")


class TokenForm(FlaskForm):
    """A new token."""

    name = StringField("What it is for", [InputRequired("Write what will use it.")], filters=[clean_line])
    scopes = SelectMultipleField(
        "What it may do",
        [at_least_one],
        choices=[SelectChoice(*scope) for scope in SCOPES.items()],
        default=["read"],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    lives = SelectField(
        "How long it works", [InputRequired()], choices=[SelectChoice(*life) for life in LIVES.items()], default="90"
    )

    @property
    def life(self) -> timedelta:
        return timedelta(days=int(self.lives.data))


class WebhookForm(FlaskForm):
    """An address to tell, and of what."""

    address = StringField("Address", [InputRequired("Write the address that is to be told.")], filters=[clean_line])
    kinds = SelectMultipleField(
        "What it is told",
        [at_least_one],
        choices=[SelectChoice(*kind) for kind in KINDS.items()],
        default=list(KINDS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
