"""A hook of schemathesis: of the bodies that fit the API's description, every second one is made to fit the event too.

The description cannot say which questions an event asks, so that by chance alone nearly nothing would be taken.
"""

import json
import os
from itertools import count
from typing import Any

import schemathesis

# {question id: kind} of the event that is sent to; see `fuzz_api.every_kind`.
ASKED = {int(id_): kind for id_, kind in json.loads(os.environ.get("FUZZ_ASKED", "{}")).items()}
CHOICES = ["A", "B", "0"]
TURN = count()


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    sends = case.operation.definition.raw.get("operationId") == "send_response"
    if sends and case.meta and case.meta.generation.mode.is_positive and isinstance(case.body, dict) and next(TURN) % 2:
        case.body = {**case.body, "organisation_type": None, "answers": fitting(case.body.get("answers") or [])}


def fitting(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many of the answers as there are questions, each as its question takes it, in the words that were made up."""
    return [fitted(*one) for one in zip(ASKED.items(), answers, strict=False)]


def fitted(question: tuple[int, str], sent: dict[str, Any]) -> dict[str, Any]:
    id_, kind = question
    if kind == "free_text":
        words = {"text": f"{sent.get('text') or ''} said"}
        return {"question_id": id_, **words, **{name: sent.get(name) for name in ("facet", "consent")}}
    values: dict[str, Any] = {"rating": 5, "rating_10": 0, "one_choice": "A", "several_choices": CHOICES[:2]}
    values |= {"ranking": CHOICES, "several_or_other": {"choices": ["B"], "other": (sent.get("text") or "C")[:300]}}
    values["session_ratings"] = {"A": 4, "B": None}
    return {"question_id": id_, "value": values[kind]}
