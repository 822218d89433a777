"""Where messages go, and where nothing is ever sent."""

import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.api.receiver import Receiver
from tests.api.telling import told
from webapp.api import reaching
from webapp.api.delivering import deliver_due
from webapp.api.reaching import Unreachable, checked_address, is_public, post_to
from webapp.api.webhooks import send_test
from webapp.programme.models import Series
from webapp.wording import now

pytestmark = pytest.mark.usefixtures("private_networks")


def test_redirects_are_not_followed(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.answers = [302]
    delivery = send_test(webhook, now())
    deliver_due(webhook.id, now)
    assert [message.path for message in receiver.messages] == ["/hook?from=rapporteur"]
    assert delivery.said == "302 Found; redirects are not followed"


def test_nobody_who_listens_is_said_in_words(series: Series, receiver: Receiver) -> None:
    webhook, _ = told(series, receiver)
    receiver.close()
    delivery = send_test(webhook, now())
    deliver_due(webhook.id, now)
    assert (delivery.status, delivery.said) == (None, "No answer: ConnectionRefusedError.")


PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1
224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1
2001:db8::1 64:ff9b::7f00:1 2002:7f00:1::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 192.0.0.8 192.0.0.9 192.88.99.1
fec0::1 3fff::1 5f00::1 4000::1 ::2 ::127.0.0.1 ::7f00:1 ::ffff:0:7f00:1 100:0:0:1::1 2001:1::1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_an_address_of_the_open_internet_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::ffff:7f00:1]"])
def test_loopback_by_another_name_is_sent_nothing(host: str, receiver: Receiver) -> None:
    answer = post_to(f"https://{host}:{receiver.port}/", b"{}", {}, private_too=False)
    assert answer.status is None
    assert "private network" in answer.said
    assert receiver.messages == []


def test_a_name_that_answers_differently_a_moment_later_leads_nowhere_else(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked up once, and one private address among several is one too many."""
    looked_up = []

    def answers(host: str, port: int, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        public, private = ("93.184.215.14", port), ("127.0.0.1", port)
        first = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", public)]
        return first if len(looked_up) == 1 else [(socket.AF_INET, socket.SOCK_STREAM, 6, "", private)]

    went_to: list[Any] = []

    def connects(_socket: socket.socket, place: Any) -> None:
        went_to.append(place)
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket.socket, "connect", connects)
    answer = post_to(f"https://rebound.example:{receiver.port}/", b"{}", {}, private_too=False)
    assert (answer.status, answer.said) == (None, "No answer within ten seconds.")
    assert (looked_up, went_to) == (["rebound.example"], [("93.184.215.14", receiver.port)])


def test_an_address_that_would_write_headers_of_its_own_is_none() -> None:
    for address in (
        "https://example.org/\r\nHost: other",
        "https://example.org/ x",
        "https://exämple.org/",
        "https://a\x00b/",
    ):
        with pytest.raises(Unreachable):
            checked_address(address, True)


def certified(folder: Path) -> Path:
    """A certificate of one's own for localhost with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return folder / "both.pem"


def test_a_message_by_https_goes_to_who_proves_the_name(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certified(tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    receiver.server.socket = served.wrap_socket(receiver.server.socket, server_side=True)
    there = f"https://localhost:{receiver.port}/"
    unknown = post_to(there, b"{}", {}, private_too=True)
    assert (unknown.status, unknown.said) == (None, "No secure connection: CERTIFICATE_VERIFY_FAILED.")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert post_to(there, b"{}", {}, private_too=True).said == "200 OK"
    wrong_name = post_to(f"https://127.0.0.1:{receiver.port}/", b"{}", {}, private_too=True)
    assert wrong_name.status is None
    assert len(receiver.messages) == 1


def test_who_answers_a_letter_at_a_time_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "SECONDS", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with suppress(OSError), connection:
                for letter in b"HTTP/1.1 200 " + b"K" * 1000:
                    connection.sendall(bytes([letter]))
                    sleep(0.05)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        answer = post_to(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, private_too=True)
        thread.join()
    assert (answer.status, answer.said) == (None, "No answer within ten seconds.")


def test_a_name_with_many_addresses_that_do_not_answer_takes_no_longer_than_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, waited = [100.0], []

    class Silent(socket.socket):
        def connect(self, _place: object) -> None:
            waited.append(self.gettimeout())
            clock[0] += self.gettimeout() or 0
            raise TimeoutError

    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [place] * 30)
    monkeypatch.setattr(socket, "socket", Silent)
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    answer = post_to("https://example.org/", b"", {}, private_too=False)
    assert (answer.status, answer.said, answer.took_ms) == (None, "No answer within ten seconds.", 10_000)
    assert waited == [5.0, 5.0]
