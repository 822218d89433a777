"""The web edge: a domain exception or an HTTP error becomes one page in plain words, or a problem for a program."""

from contextlib import suppress

import psycopg
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from .errors import DomainError
from .extensions import db
from .problems import faults_in, problem, programs_ask

WORDS = {
    400: (
        _l("This cannot be done as asked"),
        _l("Something in the request was not as expected. Go back and try again."),
    ),
    403: (
        _l("This is not open to you"),
        _l("Your role in this series does not allow it. Ask an owner of the series."),
    ),
    404: (
        _l("There is nothing at this address"),
        _l("Check the address or the code. It may have been typed or copied with a slip."),
    ),
    405: (_l("This address is not for that"), _l("Go back and use the button on the page.")),
    413: (_l("That is too much at once"), _l("Nothing was stored. Send it in smaller parts.")),
    429: (_l("Too many tries in a short time"), _l("Nothing was lost. Wait a minute, then try again.")),
    500: (
        _l("Something failed on our side"),
        _l("It has been written to the log. Nothing that was received before is lost."),
    ),
}


# What is different for a program, which has no page to go back to.
FOR_PROGRAMS = {
    400: "The request could not be read. See /api/docs for what this address takes.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    409: "Somebody else changed the same thing in the same moment. Nothing was stored; look at it, then send it again.",
    415: "Send the body as application/json.",
    422: "Some values will not do; `errors` names each.",
    429: "Too many requests in a short time. Nothing was done; try again later.",
    503: "The database does not serve just now. Nothing was stored; send the same request again in a few seconds.",
}


def page(status: int, title: object, message: object) -> ResponseReturnValue:
    if programs_ask():
        return problem(status, message)
    return render_template("error.html", title=title, message=message), status


def http_problem(error: HTTPException) -> ResponseReturnValue:
    """An HTTP error under the API's addresses, with the headers that belong to it."""
    status = error.code or 500
    words = FOR_PROGRAMS.get(status) or WORDS.get(status, WORDS[400 if status < 500 else 500])[1]
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    if isinstance(error, RateLimitExceeded):
        headers["Retry-After"] = str(error.limit.limit.get_expiry() if error.limit else 60)
    faults = faults_in(getattr(error, "data", {}).get("messages"))
    return problem(status, words, faults, headers)


def sends_files() -> bool:
    """Whether there are files among what was sent; a field for one that was left empty is none."""
    return any(file.filename for file in request.files.values())


def typed() -> list[tuple[str, str]]:
    """Every field of the form that was sent, to be sent again from the page; nothing of an account's pages."""
    if request.method != "POST" or sends_files() or request.blueprint in ("accounts", "security"):
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name]


# What a database says of two who did one thing at once, or of something that is not there any more.
CROSSED = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY"}


def crossed(error: IntegrityError | StaleDataError) -> bool:
    """Whether somebody else was quicker; anything else that a constraint refuses is a fault of ours."""
    if isinstance(error, StaleDataError):
        return True
    refused = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation)
    return isinstance(error.orig, refused) or getattr(error.orig, "sqlite_errorname", "") in CROSSED


def join(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> ResponseReturnValue:
        db.session.rollback()
        if programs_ask():
            return problem(error.status, error, getattr(error, "faults", ()))
        return page(error.status, WORDS.get(error.status, WORDS[400])[0], str(error))

    @app.errorhandler(CSRFError)
    def csrf_error(_error: CSRFError) -> ResponseReturnValue:
        return page(
            400,
            _l("This page was open too long"),
            _l("Go back, reload the page and send it again. What you typed is still in the form."),
        )

    @app.errorhandler(RateLimitExceeded)
    def too_many(error: RateLimitExceeded) -> ResponseReturnValue:
        return http_problem(error) if programs_ask() else page(429, *WORDS[429])

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue | HTTPException:
        status = error.code or 500
        if programs_ask() and status >= 400:
            return http_problem(error)
        # For a host that is not ours there are no addresses to put into a page.
        if status < 400 or isinstance(error, SecurityError):
            return error
        return page(status, *WORDS.get(status, WORDS[400 if status < 500 else 500]))

    @app.errorhandler(OperationalError)
    @app.errorhandler(psycopg.OperationalError)
    def database_away(error: OperationalError | psycopg.OperationalError) -> ResponseReturnValue:
        """PostgreSQL is down, the disk is full or may not be written to: each passes when somebody mends it."""
        # One line: while it is away, every request comes here. The driver's words hold nothing of what was sent.
        why = " ".join(str(getattr(error, "orig", error)).split())
        app.logger.error("the database does not serve at %s: %s", request.endpoint, why)
        with suppress(OperationalError):
            db.session.rollback()
        if "readonly database" in why:
            # SQLite's connections remember that they could not write, when the disk long can again.
            db.session.remove()
            db.engine.dispose()
        again = {"Retry-After": "5"}
        if programs_ask():
            return problem(503, FOR_PROGRAMS[503], headers=again)
        return render_template("unavailable.html", typed=typed()), 503, again

    @app.errorhandler(IntegrityError)
    @app.errorhandler(StaleDataError)
    def same_moment(error: IntegrityError | StaleDataError) -> ResponseReturnValue:
        """Two did the same thing at once, where no action has words of its own for that."""
        if not crossed(error):
            return unexpected(error)
        db.session.rollback()
        app.logger.warning("two wrote at the same moment at %s: %s", request.endpoint, type(error).__name__)
        if programs_ask():
            return problem(409, FOR_PROGRAMS[409])
        return render_template("same_moment.html", typed=typed()), 409

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        if app.config.get("PROPAGATE_EXCEPTIONS") or app.testing:
            raise error
        db.session.rollback()
        app.logger.exception("unexpected error at %s", request.endpoint)
        return page(500, *WORDS[500])
