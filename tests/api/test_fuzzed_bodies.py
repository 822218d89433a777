"""What benchmarks/fuzz_api.py makes of a body so that an event takes it: without that it would only test refusals."""

from pathlib import Path

import pytest

from tests.factories import make_event, make_question
from webapp.api.sending import checked_body
from webapp.programme.models import QUESTION_KINDS


def test_there_is_a_fitting_answer_to_each_kind_of_question(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("schemathesis")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    from serving.fitting_answers import CHOICES, fitted

    event = make_event()
    asked = {make_question(event, kind, choices=CHOICES).id: kind for kind in QUESTION_KINDS}
    body = {"answers": [fitted(question, {"text": "Too many targets."}) for question in asked.items()]}

    assert set(checked_body(body, event).answers) == set(asked)
