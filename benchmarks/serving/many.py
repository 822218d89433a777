"""Many short statements of our own writing, and a series that holds them: rows written in bulk."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

NOW = datetime(2003, 7, 8, 12, tzinfo=UTC)
ROWS = 10_000  # written at a time
# What each is about: things, what is wrong with them, and what would help.
SUBJECTS = (
    (
        "the targets|our indicators|the yearly goals|the scorecard",
        "change every spring|count what is easy to count|mean nothing to staff|were set by somebody else",
        "fewer targets|goals that we choose|a year without new ones",
    ),
    (
        "the car park|parking at the venue|the spaces behind the hall",
        "was full by nine|costs twelve pounds|closes too early|has no room for a bicycle",
        "a shuttle bus|more spaces|a venue by the station",
    ),
    (
        "lunch|the sandwiches|the hot meal|coffee at the break",
        "ran out after ten minutes|was dry|had nothing without meat|meant a long queue",
        "more fruit|a second table|a longer break",
    ),
    (
        "the new software|the case system|our database|the online form",
        "loses what I type|is slow after noon|asks for everything twice|does not talk to finance",
        "one sign-in|a test with real users|an export to a sheet",
    ),
    (
        "training|the induction week|the course on data|coaching",
        "came months too late|was read off slides|is cancelled when we are busy|is for managers alone",
        "an hour each week|a mentor|training before the launch",
    ),
    (
        "the budget|funding for the project|the grant|our allocation",
        "is decided in March|is cut every year|covers no staff|depends on one person",
        "three years of certainty|a small reserve|a say for the teams",
    ),
    (
        "elected members|the cabinet|the scrutiny panel|councillors",
        "never read the reports|ask for figures on the day|see only the worst cases|change their minds",
        "a two-page summary|a briefing before the meeting|an open question hour",
    ),
    (
        "the tenants|people on the estate|residents of the flats",
        "wait a year for repairs|hear of plans too late|are never asked|cannot reach anybody by telephone",
        "a named officer|meetings in the evening|a repairs day",
    ),
    (
        "the bus|the number nine route|trains to the city|rural transport",
        "leaves before the meeting ends|comes once an hour|is never on time|stopped last winter",
        "a later service|a shared taxi|one ticket for all of it",
    ),
    (
        "recruitment|the vacancies|our youngest colleagues|staff turnover",
        "takes half a year|leave for better pay|is hidden in the figures|puts more on those who stay",
        "a quicker offer|flexible hours|an honest advert",
    ),
    (
        "the library|the reading room|the mobile library",
        "shuts on Saturday|has lost its children's corner|smells of damp|lends fewer books each year",
        "volunteers at weekends|a reading group|longer hours in exam time",
    ),
    (
        "recycling|the bins|the waste collection|garden waste",
        "is missed in our street|is different in each town|confuses everybody|ends in one lorry",
        "one colour for all|a calendar by post|a text the day before",
    ),
    (
        "the inspectors|the audit|the review team|the regulator",
        "wanted the same papers twice|praised what does not work|never met a customer|frightened the team",
        "a shorter visit|questions in advance|a visit by peers",
    ),
    (
        "the surveys|customer feedback|the questionnaire|the focus groups",
        "reach the same few people|are too long|lead to nothing|arrive in the holidays",
        "three questions|telling people what was done|asking at the counter",
    ),
    (
        "our partners|the health service|the police|voluntary groups",
        "measure something else|send nobody to meetings|keep their data to themselves|have no time",
        "one shared plan|a joint budget|lunch together each month",
    ),
    (
        "the website|the search page|online booking|the app",
        "hides the telephone number|forgets my address|fails on an old phone|is written for experts",
        "plain words|a test with older people|fewer pages",
    ),
    (
        "the schools|head teachers|pupils|governors",
        "get a new form each term|are full to the last chair|hear nothing after a complaint|share one counsellor",
        "a nurse in each school|smaller classes|a quiet room",
    ),
    (
        "the presentations|the morning speakers|the slides|the panel",
        "ran over time|were too small to read|said what we knew|left no room for questions",
        "shorter talks|handouts|more discussion at tables",
    ),
)
SAID = (
    "{Thing} {wrong}, and nobody in {place} knows why.",
    "In {place} {thing} {wrong}.",
    "We would like {help} in {place}.",
    "{Thing} {wrong}; we need {help}.",
    "Please give us {help}: {thing} {wrong}.",
    "What helped in {place} was {help}.",
    "For {years} years now {thing} {wrong}.",
    "Why is it that {thing} {wrong}?",
    "My team in {place} asked for {help}.",
    "I think {help} would do more than another plan for {place}.",
    "{Thing} {wrong}, at least where I work.",
)
BEGINNINGS = "Ash Birch Castle Church Cross East Elm Ford Green High Hill King Lake Marsh Mill New North Oak".split()
ENDINGS = "bridge bury dale den field ford gate ham hurst leigh mere mouth port side stead ton wick wood".split()


def texts(count: int, seed: int = 0) -> Iterator[str]:
    """So many short statements on eighteen subjects, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        things, wrongs, helps = (chance.choice(part.split("|")) for part in chance.choice(SUBJECTS))
        yield chance.choice(SAID).format(
            thing=things, Thing=things[0].upper() + things[1:], wrong=wrongs, help=helps, years=chance.randint(2, 30),
            place=chance.choice(BEGINNINGS) + chance.choice(ENDINGS),
        )  # fmt: skip


def make_series(title: str = "Many") -> tuple[Any, Any]:
    """A series with an event of one question; its rows, committed."""
    from webapp.extensions import db
    from webapp.programme.models import Event, Question, Series

    series = Series(title=title, organisation_types=["District", "County"], created_at=NOW)
    event = Event(
        series=series, title=title, starts_on=date(2003, 7, 8), time_zone="Europe/London", code=title.upper(),
        opens_at=NOW, created_at=NOW,
    )  # fmt: skip
    event.questions = [Question(text="What gets in the way?", kind="free_text", position=1)]
    db.session.add(series)
    db.session.commit()
    return series, event


def write_responses(event: Any, said: Iterator[str], first: int = 1) -> int:
    """A response with one answer for each text, by plain inserts. Returns how many."""
    from webapp.collect.models import Answer, Response
    from webapp.extensions import db

    written, event_id, question_id = 0, event.id, event.questions[0].id
    while part := list(islice(said, ROWS)):
        ids = range(first + written, first + written + len(part))
        with db.engine.begin() as connection:
            connection.execute(db.insert(Response), [
                {"id": i, "event_id": event_id, "client_key": f"m{i}", "receipt_code": f"M{i}", "consent": "quote",
                 "organisation_type": ("District", "County")[i % 2], "received_at": NOW}
                for i in ids
            ])  # fmt: skip
            connection.execute(db.insert(Answer), [
                {"id": i, "response_id": i, "question_id": question_id, "text": text}
                for i, text in zip(ids, part, strict=True)
            ])  # fmt: skip
        written += len(part)
    return written
