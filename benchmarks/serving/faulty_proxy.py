"""A proxy between a phone and the server that loses replies after the server has committed, or all that is sent."""

import http.client
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOP = {"connection", "keep-alive", "transfer-encoding"}


class FaultyProxy(ThreadingHTTPServer):
    """Passes everything on to `port`, except while told otherwise.

    `lose_replies`: so many of the next POSTs reach the server and get no answer. `cut`: nothing passes at all.
    """

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.to_port = port
        self.lose_replies = 0
        self.lost = 0
        self.cut = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that hung up is no news here."""


class Passing(BaseHTTPRequestHandler):
    server: FaultyProxy

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.cut:
            return self.hang_up()
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        there = http.client.HTTPConnection("127.0.0.1", self.server.to_port, timeout=60)
        try:
            there.request(self.command, self.path, body or None, headers)
            answer = there.getresponse()
            said = answer.read()
        except OSError:
            return self.hang_up()
        finally:
            there.close()
        if self.command == "POST" and self.server.lose_replies:
            self.server.lose_replies -= 1
            self.server.lost += 1
            return self.hang_up()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {*HOP, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(said)
        return None

    def hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(2)

    do_GET = do_POST = pass_on

    def log_message(self, *_: Any) -> None:
        """Nothing: the table at the end says what was lost."""
