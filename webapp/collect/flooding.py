"""Stops a machine that floods an event's form. Flask-Limiter would start a thread at nearly every sending to do so."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from flask import request
from werkzeug.exceptions import TooManyRequests

from ..extensions import limiter

# A hall of phones shares one address.
MOST_A_MINUTE = 3000


class Floods:
    """Counts sendings by address in the present minute, in this process; a new minute begins with none."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self.most, self.clock = most, clock
        self.minute = 0
        self.sent: Counter[str] = Counter()

    def over(self, address: str) -> bool:
        """Count one more sending from the address; whether that is too many."""
        minute = int(self.clock() // 60)
        if minute != self.minute:
            self.minute, self.sent = minute, Counter()
        self.sent[address] += 1
        return self.sent[address] > self.most


floods = Floods(MOST_A_MINUTE)


def no_flood(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, save for an address that has sent too much in this minute."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if limiter.enabled and floods.over(request.remote_addr or ""):
            raise TooManyRequests
        return view(*args, **values)

    return guarded
