from flask import Flask


def join(app: Flask) -> None:
    """Add this room's pages and commands to the app."""
    from . import models, views  # noqa: F401

    app.register_blueprint(views.bp)
