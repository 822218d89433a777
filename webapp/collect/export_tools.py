"""Which tool wrote a table, by its headings, and what that tool's own columns mean."""

import re
from dataclasses import dataclass

from ..text_input import clean_line
from .csv_reading import HEADINGS
from .tables import Table

# Key -> the name in words.
TOOLS = {
    "microsoft": "Microsoft Forms",
    "google": "Google Forms",
    "surveymonkey": "SurveyMonkey",
    "limesurvey": "LimeSurvey",
    "slido_questions": "Slido, questions from the audience",
    "slido_polls": "Slido, polls",
    "comments": "a list of comments, one a row",
    "table": "a table, one response a row",
}
GOOGLE_TIMES = {"timestamp", "zeitstempel", "horodateur", "marca temporal", "informazioni cronologiche"}
SLIDO_VOTES = {"upvotes", "likes", "score", "votes"}
SLIDO_POLLS = {"poll question", "poll title", "poll name", "poll"}
# Heading -> what the column is to be, for the tool's own columns: see mapping.ROLES.
OUT = "out"
PERSONAL = {
    "email": OUT,
    "e-mail": OUT,
    "email address": OUT,
    "username": OUT,
    "name": OUT,
    "first name": OUT,
    "last name": OUT,
    "ip address": OUT,
    "phone": OUT,
    "phone number": OUT,
    "user name": OUT,
    "user email": OUT,
    "user company": OUT,
    "company": OUT,
    "author": OUT,
}
OWN_COLUMNS: dict[str, dict[str, str]] = {
    "microsoft": {
        "id": "id",
        "start time": OUT,
        "completion time": "time",
        "last modified time": OUT,
        "language": OUT,
        "total points": OUT,
        "quiz feedback": OUT,
    },
    "google": {**dict.fromkeys(GOOGLE_TIMES, "time"), "score": OUT},
    "surveymonkey": {
        "respondent id": "id",
        "collector id": OUT,
        "start date": OUT,
        "end date": "time",
        "custom data 1": OUT,
    },
    "limesurvey": {
        "response id": "id",
        "id": "id",
        "date submitted": "time",
        "submitdate": "time",
        "date last action": "time",
        "datestamp": "time",
        "date started": OUT,
        "startdate": OUT,
        "last page": OUT,
        "lastpage": OUT,
        "start language": OUT,
        "startlanguage": OUT,
        "seed": OUT,
        "token": OUT,
        "access code": OUT,
        "ipaddr": OUT,
        "refurl": OUT,
        "referrer url": OUT,
    },
    "slido_questions": {
        "question": "comment",
        "question text": "comment",
        "text": "comment",
        **dict.fromkeys(("downvotes", "is answered", "answered", "status", "labels", "replies", "is anonymous"), OUT),
        "upvotes": "votes",
        "likes": "votes",
        "votes": "votes",
        "score": "votes",
        "date": "time",
        "time": "time",
        "created": "time",
        "created at": "time",
        "question id": "id",
        "room": "session",
    },
    "slido_polls": {
        "user id": "id",
        "participant id": "id",
        **dict.fromkeys(SLIDO_POLLS, "asked"),
        "answer": "comment",
        "option": "comment",
        "response": "comment",
        "votes": "votes",
        "date": "time",
        "submitted at": "time",
        "room": "session",
    },
}

# What the comments of a tool's table answer, where no column says it.
COMMENTS_ANSWER = {"slido_questions": "Questions from the audience"}

# Our own table: one comment a row.
OWN_COLUMNS["comments"] = {
    meaning: {"text": "comment", "question": "asked", "organisation_type": "type", "date": "time"}.get(name, name)
    for name, meanings in HEADINGS.items()
    for meaning in meanings
}


@dataclass(frozen=True)
class Heading:
    """A column's words: the question, and the option where the question has a column for each."""

    question: str
    option: str = ""

    @property
    def words(self) -> str:
        return f"{self.question} [{self.option}]" if self.option else self.question


def tool_of(table: Table) -> str:
    """The key of the tool that wrote the table."""
    found = {heading.lower() for heading in table.headings}
    first = table.headings[0].lower() if table.headings else ""
    if {"respondent id", "collector id"} <= found:
        return "surveymonkey"
    if {"response id", "last page"} <= found or {"response id", "start language"} <= found:
        return "limesurvey"
    if "id" in found and found & {"submitdate", "lastpage", "startlanguage"}:
        return "limesurvey"
    if {"start time", "completion time"} <= found:
        return "microsoft"
    if first in GOOGLE_TIMES:
        return "google"
    if found & SLIDO_POLLS or ({"user id", "user name"} <= found):
        return "slido_polls"
    if found & {"question", "question text"} and found & SLIDO_VOTES:
        # A table of ours has both a comment and the question that it answers.
        return "comments" if found & {"text", "comment", "comments", "answer"} else "slido_questions"
    ours = {meaning for meanings in HEADINGS.values() for meaning in meanings} | set(PERSONAL)
    return "comments" if found & set(HEADINGS["text"]) and found <= ours else "table"


def headings_of(table: Table, tool: str) -> tuple[list[Heading], list[tuple[int, list[str]]]]:
    """The columns' words, and the rows below: SurveyMonkey has two heading rows, others put options in brackets."""
    if tool == "surveymonkey" and table.rows and not table.rows[0][1][0].strip():
        return two_rows(table), table.rows[1:]
    return [in_brackets(heading, tool) for heading in table.headings], table.rows


def two_rows(table: Table) -> list[Heading]:
    second = [clean_line(cell) for cell in table.rows[0][1]]
    headings, question = [], ""
    for place in range(max(len(table.headings), len(second))):
        above = table.headings[place] if place < len(table.headings) else ""
        below = second[place] if place < len(second) else ""
        question = above or question
        plain = below.lower() in ("", "response", "open-ended response")
        headings.append(Heading(question, "" if plain else below))
    return headings


def in_brackets(heading: str, tool: str) -> Heading:
    """“Question [Option]”, with LimeSurvey's code before the words taken off."""
    if tool == "limesurvey":
        # "G01Q02. Why?", "G01Q02[SQ001]. Why? [This]"
        heading = re.sub(r"^[A-Za-z]\w{1,19}(\[\w+\])*\. ?(?=\S)", "", heading)
    found = re.fullmatch(r"(.*\S)\s*\[([^\[\]]+)\]", heading)
    return Heading(found[1], clean_line(found[2])) if found else Heading(heading)
