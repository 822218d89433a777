from flask import Flask


def join(app: Flask) -> None:
    """Add this room's pages and commands to the app."""
    from . import (  # noqa: F401
        browsers,
        commands,
        letters,
        models,
        models_audit,
        queries,
        second_factor_first,
        sign_in,
        sign_in_keeping,
        views,
        views_administration,
        views_data_protection,
        views_deletion,
        views_invitations,
    )

    app.register_blueprint(views.bp)
    commands.join(app)
    letters.join(app)
    sign_in.join(app)
    sign_in_keeping.join(app)
    second_factor_first.join(app)
    app.jinja_env.filters["browser"] = browsers.browser
    app.jinja_env.globals["can_edit"] = views.signed_in_can_edit
    app.jinja_env.globals["nobody_has_an_account"] = queries.nobody_has_an_account
