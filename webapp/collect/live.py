"""Parts of a page that are asked for again and again while it stays open."""

from collections.abc import Callable
from hashlib import blake2b

from flask import make_response, request
from flask_babel import get_locale
from werkzeug.wrappers import Response


def version(seen: object) -> str:
    """A short name of what the part shows, in the page's language: `seen` is everything that it depends on."""
    return blake2b(f"{get_locale()} {request.script_root} {seen!r}".encode(), digest_size=12).hexdigest()


# The newest parts by version, which says all that they show: 50 boards of one event are rendered once.
MOST_KEPT = 64
_kept: dict[str, str] = {}


def once(now: str, render: Callable[[], str]) -> Callable[[], str]:
    """Renders a part of this version once for everybody; only for parts that hold nothing of one visitor's own."""

    def kept() -> str:
        page = _kept.get(now)
        if page is None:
            page = render()
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[now] = page
        return page

    return kept


def if_changed(now: str, render: Callable[[], str]) -> Response:
    """The part as `render` makes it; 304 without a body where the asker has the version `now` already."""
    known = request.if_none_match.contains_weak(now)
    response = make_response("" if known else render(), 304 if known else 200)
    # Weak, because the same part is sent compressed to one browser and plain to another.
    response.set_etag(now, weak=True)
    response.headers["Cache-Control"] = "no-cache, private"
    return response
