"""Which language a page is in. Delegates' and facilitators' pages speak every language that has a catalogue."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, has_request_context, redirect, request

from config import INSTANCE, ROOT

from .extensions import babel
from .problems import programs_ask
from .static_files import write_whole

CATALOGUES = ROOT / "webapp" / "translations"
COMPILED = INSTANCE / "translations"
COOKIE = "language"
YEAR = 365 * 24 * 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Where people are without an account. A published report stands in its own language, and what is not there in theirs.
OPEN_PATHS = ("/e/", "/r/", "/t/", "/go", "/reports/", "/data-protection")


def join(app: Flask) -> None:
    """Offer English and each language of which there is a catalogue."""
    app.config["LANGUAGES"] = {"en": "English"} | {code: own_name(code) for code in compile_catalogues()}
    babel.init_app(app, locale_selector=chosen_language, default_translation_directories=str(COMPILED))
    app.jinja_env.globals["in_language"] = in_language
    app.before_request(keep_choice)


def own_name(code: str) -> str:
    """The language's name in itself: cy -> Cymraeg."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


def compile_catalogues(source: Path = CATALOGUES, target: Path = COMPILED) -> list[str]:
    """Compile each catalogue `<code>/LC_MESSAGES/messages.po`; returns their codes. A new language is one such file."""
    codes = []
    for path in sorted(source.glob("*/LC_MESSAGES/messages.po")):
        codes.append(path.parts[-3])
        with path.open("rb") as written:
            catalogue = read_po(written, locale=codes[-1])
        # Where a catalogue names no date, the present would make each compilation another.
        catalogue.creation_date = catalogue.revision_date = EPOCH
        compiled = target / path.relative_to(source).with_suffix(".mo")
        content = BytesIO()
        write_mo(content, catalogue)
        write_whole(compiled, content.getvalue())
    return codes


def chosen_language() -> str:
    """What the reader picked, else what the browser asks for, else English."""
    offered = list(current_app.config["LANGUAGES"])
    if not has_request_context() or not speaks_languages():
        return offered[0]
    picked = request.cookies.get(COOKIE)
    if picked in offered:
        return str(picked)
    return request.accept_languages.best_match(offered) or offered[0]


def speaks_languages() -> bool:
    """Whether the page is one that everybody may see; an address with nothing at it is."""
    return request.path == "/" or request.path.startswith(OPEN_PATHS) or request.url_rule is None


def in_language(code: str) -> str:
    """This page's address, asking for the language."""
    asked = {**request.args.to_dict(), COOKIE: code}
    return f"{request.script_root}{quote(request.path)}?{urlencode(asked)}"


def keep_choice() -> Any:
    """?language=cy keeps the choice in a cookie, and leads to the page without it. Programs have no cookies."""
    picked = request.args.get(COOKIE) if request.query_string and request.method == "GET" else None
    if picked not in current_app.config["LANGUAGES"] or programs_ask():
        return None
    rest = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != COOKIE])
    response = redirect(f"{request.script_root}{quote(request.path)}{'?' if rest else ''}{rest}", 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, picked, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response
