"""The four stations of a series, and what each says of its state. Rooms add theirs when they join the app."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask


class Station(NamedTuple):
    """One step of the corridor; `state` puts into words where a series stands there."""

    name: str
    endpoint: str
    state: Callable[[Any], str]


def add_station(app: Flask, station: Station) -> None:
    """Stations stand in the order in which rooms join: programme, collect, themes, report."""
    stations = app.extensions.setdefault("corridor", [])
    stations.append(station)
    app.jinja_env.globals["corridor"] = stations
