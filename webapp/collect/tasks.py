"""What the worker does for this room: files too long to be gone through while somebody waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, has_app_context

from ..extensions import db, huey
from ..wording import now
from .import_running import begin, give_up, run_import, try_import
from .models_imports import FileImport

# So many rows are gone through in the request itself, in a second or two.
AT_ONCE = 1500
FAILED = "Something failed on our side, and it has been written to the log. What came in before that is stored."


@contextmanager
def app_context() -> Iterator[None]:
    """The worker's tasks run in an app context of their own; in a request, and in tests, the caller's serves."""
    if has_app_context():
        yield
    else:
        with huey.flask_app.app_context():
            yield


def start(imported: FileImport, storing: bool) -> None:
    """Go through the file, storing or not: a short one now, a long one by the worker."""
    if not begin(imported, "importing" if storing else "checking", now()):
        return
    if imported.rows <= AT_ONCE:
        go_through_file.call_local(imported.id, storing)
    else:
        go_through_file(imported.id, storing)


@huey.task()
def go_through_file(import_id: int, storing: bool) -> None:
    with app_context():
        imported = db.session.get(FileImport, import_id)
        if imported is None or imported.state != ("importing" if storing else "checking"):
            return
        zone = current_app.config["DEFAULT_TIME_ZONE"]
        try:
            (run_import if storing else try_import)(imported, now, zone)
        except Exception:
            give_up(imported, FAILED)
            current_app.logger.exception("import %s failed", import_id)
            if current_app.testing:
                raise
