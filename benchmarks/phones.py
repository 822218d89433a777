"""500 phones that have the form open and all press Send within 10 seconds, on SQLite and the production server."""

import random
import threading
import time
from statistics import quantiles
from urllib.parse import urlencode

from serving import prepare_instance, production
from visits import between, exchange, head, make_event, value_of

PHONES, WITHIN = 500, 10.0
MUST, AIM = 5.0, 2.0
SEED = 7


def address_of(number: int) -> str:
    return f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{1 + number % 250}"


def opened(port: int, number: int, path: str, fields: dict[str, str]) -> bytes:
    """Open the form as a new phone; returns the request that its Send button makes."""
    page = exchange(port, address_of(number), f"{head('GET', path)}\r\n".encode())
    sent = fields | {name: value_of(page, f'name="{name}"'.encode()) for name in ("csrf_token", "client_key")}
    body = urlencode(sent)
    cookie = between(page, b"Set-Cookie: ", b";").decode()
    more = f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"{head('POST', path, more)}\r\n{body}".encode()


def press(port: int, number: int, request: bytes, wait: float, took: list[float]) -> None:
    """Press Send after `wait` seconds and open the receipt; notes how long both took where it was received."""
    time.sleep(wait)
    start = time.perf_counter()
    answer = exchange(port, address_of(number), request)
    if answer.startswith(b"HTTP/1.1 303"):
        receipt = between(answer, b"Location: ", b"\r\n").decode()
        if exchange(port, address_of(number), f"{head('GET', receipt)}\r\n".encode()).startswith(b"HTTP/1.1 200"):
            took.append(time.perf_counter() - start)


def main() -> None:
    prepare_instance()
    from webapp import create_app
    from webapp.collect.models import Response
    from webapp.extensions import db

    app = create_app()
    with app.app_context():
        db.create_all()
        fields = make_event(0)
        db.engine.dispose()
    chance = random.Random(SEED)
    took: list[float] = []
    with production("wsgi:app") as port:
        requests = [opened(port, number, "/e/B0", fields) for number in range(PHONES)]
        waits = [chance.uniform(0, WITHIN) for _ in requests]
        phones = [
            threading.Thread(target=press, args=[port, number, request, wait, took])
            for number, (request, wait) in enumerate(zip(requests, waits, strict=True))
        ]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()
    with app.app_context():
        stored = db.session.query(Response).count()
    print(f"{PHONES} phones press Send within {WITHIN:.0f} s; from the press to the receipt, one try each")
    print(f"accepted {len(took)} of {PHONES}, stored {stored}")
    print(f"slowest {max(took):.2f} s, p99 {quantiles(took, n=100)[-1]:.2f} s, median {quantiles(took, n=2)[0]:.3f} s")
    print(f"must {MUST:.0f} s, aim {AIM:.0f} s")
    if len(took) < PHONES or stored != PHONES or max(took) > MUST:
        raise SystemExit("Not every phone was answered in time.")


if __name__ == "__main__":
    main()
