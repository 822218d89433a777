"""Locust's people in the hall: phones that open the form, write and send once, and organisers with open boards.

`benchmarks/conference.py` starts the server and this; HALL (JSON) tells where the event and its boards are.
"""

import json
import os
import random
import re
import time
from pathlib import Path
from urllib.parse import urlencode

from locust import FastHttpUser, between, events, task
from locust.env import Environment

HALL = json.loads(os.environ["HALL"])
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
WRITING = (4.0, 20.0)  # seconds that a phone's owner writes for
chance = random.Random(7)
received = 0


def value_of(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


class Phone(FastHttpUser):
    """One delegate: the form, some seconds of writing, Send, the receipt."""

    @task
    def answer_once(self) -> None:
        self.answer()
        # Locust would put a new phone in the place of one that leaves.
        time.sleep(HALL["until"])

    def answer(self) -> None:
        global received
        page = self.client.get(HALL["form"], name="form").text
        if not page or "client_key" not in page:
            return
        said = HALL["fields"] | {name: value_of(page, name) for name in ("csrf_token", "client_key")}
        said |= {name: chance.choice(HALL["texts"]) for name in HALL["free"]}
        time.sleep(chance.uniform(*WRITING))
        body = urlencode(said)
        with self.client.post(
            HALL["form"], body, name="send", headers=FORM, allow_redirects=False, catch_response=True
        ) as sent:
            if sent.status_code != 303:
                sent.failure(f"answered {sent.status_code}")
                return
            sent.success()
            receipt = sent.headers["Location"]
        shown = self.client.get(receipt, name="receipt").status_code == 200
        received += shown


class Organiser(FastHttpUser):
    """One open board of themes and one open coverage board, which ask as the pages' scripts do."""

    fixed_count = HALL["boards"]
    wait_time = between(1.8, 2.2)

    def on_start(self) -> None:
        self.client.client.default_headers = {**(self.client.client.default_headers or {}), "Cookie": HALL["cookie"]}
        self.versions: dict[str, str] = {}
        time.sleep(chance.uniform(0, HALL["opened_within"]))
        self.client.get(HALL["themes"], name="board, first page")

    @task
    def look(self) -> None:
        for name in ("state", "coverage"):
            known = {"If-None-Match": self.versions[name]} if name in self.versions else {}
            with self.client.get(HALL[name], name=f"{name} asked", headers=known, catch_response=True) as answer:
                if answer.status_code in (200, 304):
                    answer.success()
                self.versions[name] = answer.headers.get("ETag", self.versions.get(name, ""))


@events.quitting.add_listener
def tell(environment: Environment, **_: object) -> None:
    """Write what was measured where `conference.py` reads it."""
    rows = {
        name: {"requests": e.num_requests, "failures": e.num_failures, "median": e.median_response_time,
               "p99": e.get_response_time_percentile(0.99), "longest": e.max_response_time}
        for (name, _method), e in environment.stats.entries.items()
    }  # fmt: skip
    total = environment.stats.total
    rows["all"] = {"requests": total.num_requests, "failures": total.num_failures, "median": total.median_response_time,
                   "p99": total.get_response_time_percentile(0.99), "longest": total.max_response_time}  # fmt: skip
    errors = [f"{e.name}: {e.error} ({e.occurrences})" for e in environment.stats.errors.values()]
    Path(HALL["result"]).write_text(json.dumps({"rows": rows, "errors": errors, "received": received}))
