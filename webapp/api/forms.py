"""What is typed about tokens."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ..text_input import clean_line
from .models import SCOPES

LIVES = {"30": "30 days", "90": "90 days", "365": "a year"}


class TokenForm(FlaskForm):
    """A new token."""

    name = StringField("What it is for", [InputRequired("Write what will use it.")], filters=[clean_line])
    scopes = SelectMultipleField(
        "What it may do",
        [InputRequired("Choose at least one.")],
        choices=[SelectChoice(*scope) for scope in SCOPES.items()],
        default=["read"],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    lives = SelectField("How long it works", choices=[SelectChoice(*life) for life in LIVES.items()], default="90")

    @property
    def life(self) -> timedelta:
        return timedelta(days=int(self.lives.data))
