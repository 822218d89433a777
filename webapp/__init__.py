"""The web application: extensions, rooms, commands and error pages."""

from typing import Any

from flask import Flask
from flask_security import SQLAlchemyUserDatastore
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Config

from . import (
    accounts,
    api,
    backup,
    collect,
    compression,
    demo,
    error_pages,
    health,
    json_bodies,
    languages,
    programme,
    report,
    request_log,
    row_ids,
    running,
    series_files,
    themes,
    translating,
    wording,
)
from .accounts.letters import Letters
from .accounts.models import Role, User, WebAuthn
from .accounts.passwords import Passwords
from .accounts.second_factors import OnceTotp, Passkeys
from .extensions import csrf, db, huey, limiter, migrate, security
from .response_headers import set_security_headers
from .static_files import serve_static_files

ROOMS = (accounts, programme, collect, themes, report, api)


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The application with every setting from the environment, save what `overrides` names."""
    app = Flask(__name__, static_folder=None)
    app.config.from_object(Config())
    app.config.update(overrides or {})
    bind_extensions(app)
    row_ids.join(app)
    request_log.join(app)
    json_bodies.join(app)
    health.join(app)
    for room in ROOMS:
        room.join(app)
    demo.join(app)
    series_files.join(app)
    app.cli.add_command(running.start)
    backup.join(app)
    app.cli.add_command(translating.translations)
    wording.join(app)
    error_pages.join(app)
    app.after_request(set_security_headers)
    compression.join(app)
    serve_static_files(app)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def bind_extensions(app: Flask) -> None:
    """Bind each extension; in tests the queue runs its tasks at once, in the caller."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    limiter.init_app(app)
    # Every limit stands at a view, which checks it: looking for others before each request would find none.
    hooks = app.before_request_funcs.get(None, [])
    app.before_request_funcs[None] = [hook for hook in hooks if hook != limiter._check_request_limit]
    languages.join(app)
    # Its constructor takes these, and `init_app` does not: it is made before our rooms are there to name them.
    security._mail_util_cls, security._totp_cls, security._webauthn_util_cls = Letters, OnceTotp, Passkeys
    security._password_util_cls = Passwords
    security.init_app(app, SQLAlchemyUserDatastore(db, User, Role, WebAuthn), register_blueprint=True)
    # No page asks for a role of Flask-Security's, so that nobody needs to be looked up before a page asks who it is.
    security.principal.identity_loaders.clear()
    huey.immediate = app.config["TASKS_IMMEDIATE"]
    huey.flask_app = app
