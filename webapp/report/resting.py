"""What an editor decides on the evidence of a paragraph: which statements it rests on, and which of them it quotes."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ..accounts.models import User
from ..programme.models import Event, Series
from .edit_log import Changes
from .editing import Desk, called
from .evidence import Link, links_of, looks_like, may_stand
from .heard import Heard
from .models import ReportEntry


def attach(
    series: Series, event: Event | None, key: str, statement_ids: Sequence[int], actor: User, now: datetime
) -> ReportEntry | None:
    """Rest a paragraph on more statements; none of them is quoted before somebody says so."""

    def more(links: list[Link], heard: dict[int, Heard]) -> list[Link]:
        there = {link.statement_id for link in links}
        new = [id_ for id_ in dict.fromkeys(statement_ids) if id_ not in there and may_stand(heard.get(id_))]
        return [*links, *(Link(id_, 0, looks_like(heard[id_])) for id_ in new)]

    return _change_evidence(series, event, key, more, "attach", "Attached evidence to", actor, now)


def detach(
    series: Series, event: Event | None, key: str, statement_ids: Sequence[int], actor: User, now: datetime
) -> ReportEntry | None:
    """Take statements from a paragraph's evidence; they stay in their theme and in the accounts."""

    def fewer(links: list[Link], _heard: dict[int, Heard]) -> list[Link]:
        return [link for link in links if link.statement_id not in statement_ids]

    return _change_evidence(series, event, key, fewer, "detach", "Detached evidence from", actor, now)


def set_quotes(
    series: Series, event: Event | None, key: str, statement_ids: Sequence[int], actor: User, now: datetime
) -> ReportEntry | None:
    """Say which statements of a paragraph are quoted below it. Nobody is quoted who did not agree to it."""

    def quoted(links: list[Link], heard: dict[int, Heard]) -> list[Link]:
        before = [link.statement_id for link in sorted(links, key=lambda link: link.place) if link.place]
        wanted = [id_ for id_ in dict.fromkeys([*before, *statement_ids]) if id_ in statement_ids]
        allowed = [id_ for id_ in wanted if id_ in heard and heard[id_].quotable]
        places = {id_: place for place, id_ in enumerate(allowed, 1)}
        return [link._replace(place=places.get(link.statement_id, 0)) for link in links]

    return _change_evidence(series, event, key, quoted, "quote", "Chose the quotes of", actor, now)


def _change_evidence(
    series: Series,
    event: Event | None,
    key: str,
    change: Callable[[list[Link], dict[int, Heard]], list[Link]],
    verb: str,
    words: str,
    actor: User,
    now: datetime,
) -> ReportEntry | None:
    desk = Desk.of(series, event, now)
    place, part = desk.find(key)
    row, changes = desk.row(key), Changes()
    links = change(links_of(row.evidence), desk.heard)
    changes.set(row, "evidence", [link.stored for link in links])
    return desk.done(changes, verb, f"{words} {called(place, part)}", actor, now, None)
