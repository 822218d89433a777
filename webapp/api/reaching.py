"""Sends to an address that a person typed, and lets it lead nowhere but to the open internet.

The name is looked up once, every address that it has must be a public one, and the connection goes to what was looked
up: a name that answers differently a moment later changes nothing. Redirects are not followed, no proxy is asked.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from ..errors import DomainError

SECONDS = 10.0
LONGEST_ADDRESS = 2000
NOT_FROM_HERE = "This address cannot be reached from here, or it leads into a private network."
# All of IPv6 that was given out for the open internet. The rest is local, reserved, or stands for IPv4 addresses, and
# so for private ones too; `is_global` knows only a part of that.
OPEN_IPV6 = ipaddress.ip_network("2000::/3")
# What `is_global` takes for public besides: addresses of protocols, relays to IPv4, those of documentation.
NOT_PUBLIC = [
    ipaddress.ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
]


class Unreachable(DomainError):
    """Nothing is sent to this address."""


class Answer(NamedTuple):
    """What the other side said: a status and its words, or no status and why there was none."""

    status: int | None
    said: str
    took_ms: int

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def checked_address(address: str, private_too: bool) -> SplitResult:
    """The parts of an address that may be sent to. Raises Unreachable, in words for who typed it."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or any(c <= " " or c == "\x7f" for c in address):
        raise Unreachable("Write the address in letters, digits and signs, without spaces, as a browser shows it.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Unreachable("This is not an address. Write it like https://example.org/webhooks.") from error
    if parts.scheme != "https" and not (private_too and parts.scheme == "http"):
        raise Unreachable("The address has to begin with https://, so that nobody reads on the way.")
    if not parts.hostname or parts.username is not None or parts.fragment or port == 0:
        raise Unreachable("This is not an address. Write it like https://example.org/webhooks.")
    return parts


def places_of(parts: SplitResult, private_too: bool) -> list[tuple[Any, ...]]:
    """Where to connect, as `socket.getaddrinfo` has it; Unreachable where one of the places is not public."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        places = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(NOT_FROM_HERE) from error
    if not places or not (private_too or all(is_public(str(place[4][0])) for place in places)):
        raise Unreachable(NOT_FROM_HERE)
    return places


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet's."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address not in OPEN_IPV6:
            return False
    return address.is_global and not address.is_multicast and not any(address in network for network in NOT_PUBLIC)


def connected(places: list[tuple[Any, ...]], deadline: float) -> socket.socket:
    """A connection to the first of the places that takes one before the deadline of the monotonic clock."""
    error: OSError = OSError("no address")
    for family, kind, protocol, _name, place in places:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        made = socket.socket(family, kind, protocol)
        made.settimeout(min(SECONDS / 2, left))
        try:
            made.connect(place)
            return made
        except OSError as failed:
            made.close()
            error = failed
    raise error


def post_to(address: str, body: bytes, headers: Mapping[str, str], private_too: bool) -> Answer:
    """POST the body, and say what came of it; ten seconds at most once the name is looked up. Never raises."""
    began = time.monotonic()
    try:
        parts = checked_address(address, private_too)
        status = exchanged(parts, places_of(parts, private_too), body, headers)
        said = in_words(status)
    except Unreachable as error:
        status, said = None, str(error)
    except ssl.SSLError as error:
        status, said = None, f"No secure connection: {error.reason or 'the certificate will not do'}."
    except TimeoutError:
        status, said = None, "No answer within ten seconds."
    except (OSError, http.client.HTTPException) as error:
        status, said = None, f"No answer: {type(error).__name__}."
    return Answer(status, said[:300], round((time.monotonic() - began) * 1000))


def exchanged(parts: SplitResult, places: list[tuple[Any, ...]], body: bytes, headers: Mapping[str, str]) -> int:
    """The status that the other side answers with; the rest of its answer is not read."""
    deadline = time.monotonic() + SECONDS
    plain = connected(places, deadline)
    # Each wait is short, but somebody may send one letter after the other for ever.
    watch = threading.Timer(max(0.1, deadline - time.monotonic()), cut, [plain])
    watch.daemon = True
    watch.start()
    try:
        wrapped = plain
        if parts.scheme == "https":
            wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = wrapped
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        answer = connection.getresponse()
        connection.close()
        if time.monotonic() >= deadline:
            # Cut off in the middle, which looks like the end of an answer.
            raise TimeoutError
        return answer.status
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= deadline:
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()
        plain.close()


def cut(plain: socket.socket) -> None:
    with suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)


def in_words(status: int) -> str:
    try:
        words = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        words = str(status)
    return f"{words}; redirects are not followed" if 300 <= status < 400 else words
