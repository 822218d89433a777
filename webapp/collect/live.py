"""Parts of a page that are asked for again and again while it stays open."""

from collections.abc import Callable
from hashlib import blake2b

from flask import make_response, request
from flask_babel import get_locale
from werkzeug.wrappers import Response


def version(seen: object) -> str:
    """A short name of what the part shows, in the page's language: `seen` is everything that it depends on."""
    return blake2b(f"{get_locale()} {seen!r}".encode(), digest_size=12).hexdigest()


def if_changed(now: str, render: Callable[[], str]) -> Response:
    """The part as `render` makes it; 304 without a body where the asker has the version `now` already."""
    known = request.if_none_match.contains_weak(now)
    response = make_response("" if known else render(), 304 if known else 200)
    # Weak, because the same part is sent compressed to one browser and plain to another.
    response.set_etag(now, weak=True)
    response.headers["Cache-Control"] = "no-cache, private"
    return response
