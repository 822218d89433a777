"""Pages travel compressed, save those on which a compressed size could betray a secret."""

from flask import Flask, Response, request
from flask_compress import Compress

compress = Compress()


def join(app: Flask) -> None:
    """Compress what the browser accepts."""
    app.config.setdefault("COMPRESS_REGISTER", False)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 4)
    app.config.setdefault("COMPRESS_STREAMS", False)
    compress.init_app(app)
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """A page that may repeat what its address asks stands beside a CSRF token, and is sent as it is: see BREACH.

    docs/decisions/0005-compressed-pages.md says why the others are safe.
    """
    return response if request.query_string else compress.after_request(response)
