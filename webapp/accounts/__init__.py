from flask import Flask


def join(app: Flask) -> None:
    """Add this room's pages and commands to the app."""
    from . import commands, models, sign_in, views  # noqa: F401

    app.register_blueprint(views.bp)
    commands.join(app)
    sign_in.join(app)
    app.jinja_env.globals["can_edit"] = views.signed_in_can_edit
