"""The people whom a series' rows name: numbered within the file by their address, and found again by it."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from ..accounts.models import User
from ..accounts.queries import user_by_email
from ..extensions import db
from ..text_input import clean_line
from .tables import PARENTS, belongs, people_columns, table_named
from .values import SeriesFileError

PLACEMENT = "statement.placement"
# Where in a placement's value the person stands who decided it: see themes.curation.
PERSON = 2


class Person(NamedTuple):
    """An account, as far as the logs need it."""

    id: int
    email: str
    name: str


def people_of(connection: Connection, series_id: int) -> list[Person]:
    """Everybody whom a row of the series names, by address; their number in the file is their place in this list."""
    ids: set[int] = set()
    for name in PARENTS:
        table = table_named(name)
        for column in people_columns(table):
            named = select(table.c[column]).where(belongs(name, series_id), table.c[column].is_not(None)).distinct()
            ids.update(connection.scalars(named))
    entries = table_named("curation_entry")
    logged = select(entries.c.changes).where(belongs("curation_entry", series_id))
    for changes in connection.scalars(logged.execution_options(yield_per=200)):
        ids.update(value[PERSON] for value in placements_in(changes) if value[PERSON] is not None)
    users = table_named("user")
    found = connection.execute(select(users.c.id, users.c.email, users.c.name).where(users.c.id.in_(ids)))
    return sorted((Person(id_, email.lower(), name) for id_, email, name in found), key=lambda person: person.email)


def placements_in(changes: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The placements, before and after, that an entry of the curation log holds."""
    for field, _row, before, after in changes:
        if field == PLACEMENT:
            yield from (value for value in (before, after) if value is not None)


def rename_people(table: str, values: dict[str, Any], numbers: dict[int, int]) -> None:
    """Put other numbers in place of those of accounts, in place; an account that is gone is left out."""
    for column in people_columns(table_named(table)):
        if values[column] is not None:
            values[column] = numbers.get(values[column])
    if table == "curation_entry":
        for placement in placements_in(values["changes"]):
            if placement[PERSON] is not None:
                placement[PERSON] = numbers.get(placement[PERSON])


def accounts_for(people: list[dict[str, Any]]) -> dict[int, int]:
    """Number in the file -> id of the account here; a person who has none gets one that nobody can sign in with."""
    numbers: dict[int, int] = {}
    for place, person in enumerate(people, start=1):
        email, name = person.get("email"), person.get("name")
        if person.get("number") != place or not isinstance(email, str) or not isinstance(name, str):
            raise SeriesFileError(f"The file's person {place} is not written as a person is.")
        account = user_by_email(email) or account_without_sign_in(email, name[:200])
        numbers[place] = account.id
    if len(set(numbers.values())) != len(people):
        raise SeriesFileError("The file names a person twice.")
    return numbers


def account_without_sign_in(email: str, name: str) -> User:
    if not email or email != clean_line(email) or len(email) > 255:
        raise SeriesFileError(f"The file's address {email[:80]!r} is none.")
    user = User(email=email, name=clean_line(name), active=False, fs_uniquifier=uuid.uuid4().hex)
    db.session.add(user)
    db.session.flush()
    return user
