"""The addresses that are printed and shown to delegates and facilitators, and their QR codes."""

from urllib.parse import urlsplit

import segno
from flask import request

from .models import DiscussionTable, Event


def form_address(event: Event) -> str:
    """Where delegates answer."""
    return f"{request.url_root}e/{event.code}"


def table_address(table: DiscussionTable) -> str:
    """Where a table's facilitator writes."""
    return f"{request.url_root}t/{table.token}"


def spoken(address: str) -> str:
    """An address as a person types it: without the scheme, without a slash at its end."""
    return address.split("://", 1)[-1].rstrip("/")


def only_here() -> bool:
    """Whether the address that this page was asked by works on this computer only, so that phones cannot reach it."""
    host = urlsplit(request.url_root).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def qr(address: str) -> str:
    """The address as a QR code: a data URI of an SVG, dark on white so that every phone reads it."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=10, border=4, dark="#000", light="#fff")


def host() -> str:
    """What one types into a browser to get to the start page, where a code can be typed."""
    return spoken(request.url_root)
