"""Receipt codes: the one secret a delegate holds, to read, correct and withdraw what they sent. And sendings' keys."""

import secrets
import uuid

# Without the letters and digits that are misread or misheard (0 O, 1 I L, U V); 12 of them are 58 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
# SHA-256 in hexadecimal digits.
LENGTH_OF_DIGEST = 64


def new_receipt_code() -> str:
    """A code that cannot be guessed, as it is stored: without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """ABCD-EFGH-JKMN, to be read aloud or written down."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_stored(typed: str) -> str:
    """What a person typed, in any case and with any hyphens or spaces, as the code is stored."""
    return "".join(letter for letter in typed if letter.isalnum()).upper()


def sent_key(typed: str | None) -> str:
    """The key that the page made for one sending; a new one where a program sent what no page of ours makes.

    Rows of a file have digests for keys, made of what the file says: whoever can guess that must not send one, and be
    shown the row's receipt."""
    return typed if typed and typed.isalnum() and len(typed) < LENGTH_OF_DIGEST else uuid.uuid4().hex
