"""Which language a page is in."""

from flask import current_app, has_request_context, request, session

COOKIE = "language"


def chosen_language() -> str:
    """What the reader picked, else what the browser asks for, else English."""
    offered = list(current_app.config["LANGUAGES"])
    if not has_request_context():
        return offered[0]
    picked = request.args.get("language") or request.cookies.get(COOKIE) or session.get(COOKIE)
    if picked in offered:
        return str(picked)
    return request.accept_languages.best_match(offered) or offered[0]
