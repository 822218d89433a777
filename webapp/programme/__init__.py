from typing import Any

from flask import Flask


def join(app: Flask) -> None:
    """Add this room's pages and its station to the app."""
    from ..corridor import Station, add_station
    from ..wording import count
    from . import (  # noqa: F401
        models,
        states,
        views,
        views_all_series,
        views_events,
        views_people,
        views_posters,
        views_questions,
        views_sessions,
    )

    def state(series: Any) -> str:
        return count(len(series.events), "event")

    app.register_blueprint(views.bp)
    app.jinja_env.filters["state_in_words"] = states.state_in_words
    add_station(app, Station("Programme", "programme.programme", state))
