"""One text to statements: slices of that text, each carrying one idea in the writer's own words.

Cuts are made in two strengths. Lines, bullets and numbered points are cuts the writer made; sentence ends and
semicolons are read from punctuation (see ``sentences``). Every scan is linear in the length of the text.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from analysis.sentences import WORD, cut_points, word_count
from analysis.wording import INTERJECTIONS, NOTHING, NOTHING_PATTERN


class Span(NamedTuple):
    """Half-open range of character offsets into the source text."""

    start: int
    end: int


_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = r"[ \t\u00a0]+"
_MARKER = re.compile(
    rf"(?:[-–—−*+>]|\#{{1,6}}|->|=>){_GAP}(?:\[[ xX]?\]{_GAP})?"  # "- ", "* ", "- [ ] "
    r"|[•·‣◦▪●○■□►➤✓✔–—][ \t\u00a0]*"
    r"|-(?=[^\W\d])"  # "-good pace"
    rf"|\(?(?:\d{{1,2}}|[a-zA-Z]|[ivx]{{1,4}})\){_GAP}"  # "1) ", "(a) ", "iv) "
    rf"|\d{{1,2}}\.(?:{_GAP}|(?=[A-Z][a-z]))"  # "1. "
)
_MOST_MARKERS = 4
_NUMBERED = re.compile(r"(?<!\S)(?:\(?(\d{1,2})\)|(\d{1,2})\.|\(?([a-h])\))(?=\s)")
_BULLET = re.compile(r"[•‣◦▪●➤]")
_SEPARATOR = re.compile(r"(?<=\s)(?:[-–—*+]|/{1,2}|\|{1,2})(?=\s)")
_WRAPPED_AT = 55
_TRAILING = ";" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_JOINERS = "/'&+-"


def split_statements(text: str) -> list[Span]:
    """Cut a text into statements.

    Returns spans in order, not overlapping, each stripped of surrounding whitespace and of its bullet or
    number, together covering every word of the text but list markers. No statement is a lone interjection
    unless it is the whole text. A text of punctuation alone is one span; a blank text has none.
    """
    pieces = [piece for line in _lines(text) for point in _points(text, line) for piece in _pieces(text, point)]
    whole = _stripped(text, 0, len(text))
    return _join_interjections(text, pieces) or ([whole] if whole else [])


def says_nothing(text: str) -> bool:
    """Whether an answer carries no content: "n/a", "none", "as above", a dash, "dim byd", and their like."""
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" or char in _JOINERS else " " for char in _plain(text))
    plain = re.sub(r"(?<!\S)[/'&+\-]+|[/'&+\-]+(?!\S)", " ", kept)
    words = " ".join(plain.split())
    if not words:
        return not _has_pictograph(text)
    return words in NOTHING or NOTHING_PATTERN.fullmatch(words) is not None


def _plain(text: str) -> str:
    """Casefolded, with one kind of apostrophe; cut short, for a long text says something."""
    return unicodedata.normalize("NFC", text[:200]).casefold().replace("’", "'")


def _has_pictograph(piece: str) -> bool:
    return any(unicodedata.category(char) == "So" for char in piece)


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip())) if piece.strip() else None


def _lines(text: str) -> Iterator[Span]:
    """Lines of the text, a line wrapped in mid-sentence joined to its continuation."""
    start = line_start = 0
    for found in _LINE_BREAK.finditer(text):
        line = text[line_start : found.start()].rstrip()
        following = text[found.end() : found.end() + 12].lstrip(" \t")
        line_start = found.end()
        wrapped = line.endswith(",") or (len(line) >= _WRAPPED_AT and line[-1] not in ".!?…:;")
        if wrapped and following[:1].islower() and not _MARKER.match(following):
            continue
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(text))


def _points(text: str, line: Span) -> Iterator[Span]:
    """The points a writer set apart on one line by bullets or numbers, without their markers."""
    cuts = sorted({line.start, *_numbered(text, line), *_bulleted(text, line), line.end})
    for start, end in itertools.pairwise(cuts):
        span = _stripped(text, start, end)
        for _ in range(_MOST_MARKERS):
            marker = _MARKER.match(text, span.start, span.end) if span else None
            if span is None or marker is None or marker.end() == span.end:
                break
            span = _stripped(text, marker.end(), span.end)
        if span and (WORD.search(text, span.start, span.end) or _has_pictograph(text[span.start : span.end])):
            yield span


def _numbered(text: str, line: Span) -> list[int]:
    """Starts of "1) ... 2) ..." on one line: counted from one, in one style, at least two of them."""
    runs: tuple[list[int], list[int], list[int]] = ([], [], [])
    for found in _NUMBERED.finditer(text, line.start, line.end):
        style = (found.lastindex or 1) - 1
        run, label = runs[style], found[style + 1]
        if (int(label) if label.isdigit() else ord(label) - ord("a") + 1) != len(run) + 1:
            continue
        lead = text[max(line.start, found.start() - 8) : found.start()].rstrip()
        if style != 1 or run or lead[-1:] in ("", *".:!?;"):
            run.append(found.start())
    return [start for run in runs if len(run) > 1 for start in run]


def _bulleted(text: str, line: Span) -> list[int]:
    """Starts of points set off by bullets, or by a separator repeated so often that it must be one."""
    starts = [found.start() for found in _BULLET.finditer(text, line.start, line.end)]
    separators: dict[str, list[int]] = {}
    for found in _SEPARATOR.finditer(text, line.start, line.end):
        separators.setdefault(found[0], []).append(found.start())
    for mark, places in separators.items():
        opened = text[line.start : line.start + 4].split()[:1] == [mark]
        needed = (2 if opened else 3) if mark in "-–—" else (1 if opened else 2)
        pieces = [*([] if opened and places[0] < line.start + 4 else [line.start]), *places, line.end]
        if len(places) >= needed and min(word_count(text, a, b) for a, b in itertools.pairwise(pieces)) >= 2:
            starts += places
    return starts


def _pieces(text: str, point: Span) -> list[Span]:
    """Sentences and clauses of one point; a piece of one word is joined to its neighbour."""
    edges = (point.start, *cut_points(text, point.start, point.end), point.end)
    joined: list[Span] = []
    held: int | None = None
    for start, end in itertools.pairwise(edges):
        piece = _stripped(text, start, end)
        if piece is None:
            continue
        start = piece.start if held is None else held
        held = None
        if word_count(text, piece.start, piece.end) >= 2:
            joined.append(Span(start, piece.end))
        elif joined and not _is_interjection(text, piece):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            held = start
    if held is not None:
        joined.append(Span(joined.pop().start if joined else held, point.end))
    return [_without_semicolon(text, piece) for piece in joined]


def _without_semicolon(text: str, piece: Span) -> Span:
    trimmed = text[piece.start : piece.end].rstrip(_TRAILING)
    cut = piece.start + len(trimmed)
    return Span(piece.start, cut) if trimmed and "&" not in trimmed[-8:] else piece


def _is_interjection(text: str, piece: Span) -> bool:
    if piece.end - piece.start > 20:
        return False
    return _plain(text[piece.start : piece.end]).strip(" .!?…,;:-)") in INTERJECTIONS


def _join_interjections(text: str, pieces: list[Span]) -> list[Span]:
    """A line of only "Yes." or "Thanks!" goes to the next statement; the last one to the statement before."""
    joined: list[Span] = []
    held: int | None = None
    for piece in pieces:
        start = piece.start if held is None else held
        if _is_interjection(text, piece):
            held = start
        else:
            joined.append(Span(start, piece.end))
            held = None
    if held is not None:
        joined.append(Span(joined.pop().start if joined else held, pieces[-1].end))
    return joined
