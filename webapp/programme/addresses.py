"""The addresses that are printed and shown to delegates and facilitators, and their QR codes."""

from urllib.parse import urlsplit

import segno
from flask import current_app, request

from .models import DiscussionTable, Event


def site_address() -> str:
    """Where the site stands, with a slash at its end: as PUBLIC_ADDRESS says, else as this page was asked for.

    What a browser says it asked for can be forged. It then shows on the page of whoever forged it, and nowhere else:
    no address is stored, mailed or kept for another.
    """
    public = str(current_app.config["PUBLIC_ADDRESS"])
    return f"{public.rstrip('/')}/" if public else request.url_root


def form_address(event: Event) -> str:
    """Where delegates answer."""
    return f"{site_address()}e/{event.code}"


def table_address(table: DiscussionTable) -> str:
    """Where a table's facilitator writes."""
    return f"{site_address()}t/{table.token}"


def spoken(address: str) -> str:
    """An address as a person types it: without the scheme, without a slash at its end."""
    return address.split("://", 1)[-1].rstrip("/")


def only_here() -> bool:
    """Whether the address that is shown works on this computer only, so that phones cannot reach it."""
    host = urlsplit(site_address()).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def qr(address: str) -> str:
    """The address as a QR code: a data URI of an SVG, dark on white so that every phone reads it."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=10, border=4, dark="#000", light="#fff")


def host() -> str:
    """What one types into a browser to get to the start page, where a code can be typed."""
    return spoken(site_address())
