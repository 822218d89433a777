from flask import Flask

from ..corridor import Station, add_station


def join(app: Flask) -> None:
    """Add this room's pages and its station to the app."""
    from . import states, uses, views, views_branding, views_editions, views_editor, views_public, views_schema  # noqa: F401

    app.register_blueprint(views.bp)
    app.register_blueprint(views_schema.bp)
    app.register_blueprint(views_branding.bp)
    add_station(app, Station("Report", "report.report", states.state_in_words))
