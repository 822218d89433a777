"""Draw docs/board.png: the demo's board in a real browser. ``make pictures``; Chromium and the demo's data needed."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright
from serving import ROOT, prepare_instance, production

PICTURE = ROOT / "docs" / "board.png"


def main() -> None:
    instance = prepare_instance()
    for command in (["db", "upgrade"], ["demo"]):
        subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *command], cwd=ROOT, check=True)
    email, password = (instance / "demo-sign-in.txt").read_text(encoding="utf-8").split("\n")[:2]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with production("wsgi:app") as port, sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"http://127.0.0.1:{port}/sign-in")
        page.locator("input[type=email], #email").first.fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(f"http://127.0.0.1:{port}/series/1/themes")
        page.get_by_label("Tick theme 1,").check()
        page.get_by_label("Tick theme 2,").check()
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1024:,.0f} KB")


if __name__ == "__main__":
    main()
