"""Parts of a page that are asked for again and again while it stays open."""

from collections.abc import Callable, Hashable
from hashlib import blake2b
from time import monotonic

from flask import make_response, request
from flask_babel import get_locale
from werkzeug.wrappers import Response


def version(seen: object) -> str:
    """A short name of what the part shows, in the page's language: `seen` is everything that it depends on."""
    return blake2b(f"{get_locale()} {request.script_root} {seen!r}".encode(), digest_size=12).hexdigest()


class Shared:
    """What many open pages ask for at once, worked out for all of them together every `seconds` at most.

    Only for what holds nothing of one visitor's own: whoever asks with the same key gets the same.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.seconds, self.clock = seconds, clock
        self._made: dict[Hashable, tuple[float, tuple[str, str]]] = {}

    def get(self, key: Hashable, make: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        """The version and the part that `make` gave, now or less than `seconds` ago."""
        at, made = self._made.get(key, (float("-inf"), ("", "")))
        if self.clock() - at < self.seconds:
            return made
        began, made = self.clock(), make()
        if len(self._made) >= MOST_SHARED:
            self._made.clear()
        self._made[key] = (began, made)
        return made


MOST_SHARED = 64


def if_changed(now: str, render: Callable[[], str], mimetype: str = "text/html") -> Response:
    """The part as `render` makes it; 304 without a body where the asker has the version `now` already."""
    known = request.if_none_match.contains_weak(now)
    response = make_response("" if known else render(), 304 if known else 200)
    response.mimetype = mimetype
    # Weak, because the same part is sent compressed to one browser and plain to another.
    response.set_etag(now, weak=True)
    response.headers["Cache-Control"] = "no-cache, private"
    return response
