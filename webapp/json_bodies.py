"""JSON in a request's body is for the API, which says what shape it takes. No page of ours sends any.

The libraries behind the pages' forms would read it all the same, and with it fields that are no texts, or lists that
nest without end; none of what checks a form is made for these.
"""

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from .problems import programs_ask


def join(app: Flask) -> None:
    """Refuse it before anything reads it."""
    app.before_request(refuse_outside_the_api)


def refuse_outside_the_api() -> None:
    brings_a_body = request.method == "POST" or request.content_length
    if request.is_json and brings_a_body and not programs_ask():
        raise BadRequest
