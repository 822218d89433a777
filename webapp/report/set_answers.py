"""What delegates chose where the answers were set: ratings, choices and rankings, as counts of delegates."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from .breakdowns import answers_in_order
from .document import Figures, Paragraph, Section
from .heard import ClosedFacts, Material
from .numbering import Numbering
from .quantity import counted, opening, rounded_share

KEY = "answers"


def set_answers_section(material: Material, numbers: Numbering) -> tuple[Section, ...]:
    """A paragraph and a table for each question; no section where none was asked. A question that fewer than a small
    group answered is left out, as in the data files."""
    asked = [question for question in material.closed if question.responses]
    told = [question for question in asked if question.responses >= material.small_group]
    if not told:
        return ()
    keyed = zip(material.closed, keys_of(material.closed), strict=True)
    paragraphs = [told_of(question, key, numbers) for question, key in keyed if question in told]
    if len(asked) > len(told):
        words = ngettext(
            "%(num)s more question is left out, because fewer than %(few)s delegates answered it.",
            "%(num)s more questions are left out, because fewer than %(few)s delegates answered each.",
            len(asked) - len(told),
            few=material.small_group,
        )
        paragraphs.append(numbers.paragraph(f"{KEY}-left-out", words))
    return (Section(KEY, _("Answers to set questions"), tuple(paragraphs)),)


def keys_of(questions: Sequence[ClosedFacts]) -> list[str]:
    """A key for each question's paragraph: the same from draft to draft, however many questions stand before it. Of
    questions in the same words, which two events may ask on two scales, each has its own."""
    asked: Counter[str] = Counter()
    keys = []
    for question in questions:
        key = f"{KEY}-{hashlib.sha256(question.text.strip().encode()).hexdigest()[:12]}"
        asked[key] += 1
        keys.append(key if asked[key] == 1 else f"{key}-{asked[key]}")
    return keys


def told_of(question: ClosedFacts, key: str, numbers: Numbering) -> Paragraph:
    text = question.text.strip()
    words = _("%(delegates)s answered: %(question)s", delegates=counted(question.responses, "delegate"), question=text)
    words = opening(words) + ("" if text.endswith(("?", ".", "!")) else ".")
    if question.rated:
        scale = {"lowest": question.choices[0], "highest": question.choices[-1], "mean": mean_of(question)}
        words += " " + _("Their mean is %(mean)s, on a scale from %(lowest)s to %(highest)s.", **scale)
    return numbers.paragraph(key, words, "figures", figures=figures_of(question))


def mean_of(question: ClosedFacts) -> str:
    """The mean of the ratings to one place after the point, rounded half up."""
    points = sum(int(answer) * number for answer, number in question.answers.items())
    tenths = int(Fraction(10 * points, question.responses) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def figures_of(question: ClosedFacts) -> Figures:
    """A row for each answer; shares are of those who answered."""
    rows = []
    for answer in answers_in_order(question):
        number = question.answers.get(answer, 0)
        rows.append((answer, f"{number:,}", f"{rounded_share(number, question.responses)}%"))
    note = ""
    if sum(question.answers.values()) > question.responses:
        note = _("Several answers could be chosen, so that the shares add up to more than 100 per cent.")
    return Figures(question.text.strip(), (_("Answer"), _("Delegates"), _("Share")), tuple(rows), note=note)
