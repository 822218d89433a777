"""Finds a password in a file of stolen ones that is far too large to be read: some 35 looks at it are enough."""

import hashlib
import os
from typing import BinaryIO

# A hash of 40 digits, a colon and a count.
LONGEST_LINE = 200


def stands_in(path: str, password: str) -> bool:
    """Whether the file holds the password's SHA-1. Raises OSError where the file cannot be read.

    Its lines are `HASH:COUNT` in the order of their hashes, as “Pwned Passwords” comes.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with open(path, "rb") as lines:
        return line_of(lines, wanted)


def line_of(lines: BinaryIO, wanted: bytes) -> bool:
    """Whether a line begins with the hash: if one does, it begins at `low` or after it, and before `high`."""
    low, high = 0, os.fstat(lines.fileno()).st_size
    while low < high:
        middle = (low + high) // 2
        if middle == low:
            lines.seek(low)
        else:
            # To the first line that begins at `middle` or after it.
            lines.seek(middle - 1)
            lines.readline(LONGEST_LINE)
        if lines.tell() >= high:
            high = middle
            continue
        found = lines.readline(LONGEST_LINE)[:40].upper()
        if found == wanted:
            return True
        if found < wanted:
            low = lines.tell()
        else:
            high = middle
    return False
