"""Bytes and requests of a reader's first visit to the public page of a report of 600 statements, its evidence folded,
in Chromium, from the production server."""

import os
import shutil

from form_on_the_wire import measure
from playwright.sync_api import sync_playwright
from report_files import board_of
from serving import production

MUST, AIM = 60_000, 30_000
SIZE = 600


def publish_report() -> str:
    """The board of `report_files`, in whose instance this runs, taken to edition 1; its address."""
    from tests.factories import NOON, make_user
    from webapp import create_app
    from webapp.extensions import db
    from webapp.report.publishing import publish

    app = create_app({"TASKS_IMMEDIATE": True, "SERVER_NAME": "localhost"})
    with app.app_context():
        db.create_all()
        return f"/reports/{publish(board_of(SIZE), None, make_user(), NOON).draft.slug}"


def main() -> None:
    address = publish_report()
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    with production("wsgi:app") as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
        rows = measure(page, f"http://127.0.0.1:{port}{address}")
        print(f"{SIZE} statements, {page.locator('.para').count()} paragraphs, {page.locator('svg').count()} charts")
        chromium.close()
    for url, size in rows:
        print(f"{size:>8,} bytes  {url.split('/', 3)[3]}")
    total = sum(size for _, size in rows)
    print(f"{total:>8,} bytes in {len(rows)} requests, heads included; must {MUST:,}, aim {AIM:,}")
    if total > MUST:
        raise SystemExit("More than the public page may weigh.")


if __name__ == "__main__":
    main()
