from flask import Flask

from ..corridor import Station, add_station


def join(app: Flask) -> None:
    """Add this room's pages and its station to the app."""
    from . import queries, views, views_schema

    app.register_blueprint(views.bp)
    app.register_blueprint(views_schema.bp)
    add_station(app, Station("Report", "report.report", queries.state_in_words))
