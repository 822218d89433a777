"""Words that are no longer to be read leave the frozen contents of an edition; everything else stays as it was."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..themes.said_again import ENOUGH_WORDS, Place, Places, SaidAgain, replaced, replaced_in

# The fields that hold words for readers; what is in the others is for programs.
WORDS = frozenset("text title statement theme note caption head rows row column attribution standing".split())
TAKEN_BACK = "[words taken back since publication]"
# Fewer words than this may be anybody's. What is at least that short goes where it stands letter for letter.
FEWEST_WORDS = 3
# Here nobody's words stand.
NO_WORDS = frozenset(("key", "href", "logo"))
Contents = dict[str, Any]
Run = dict[str, Any]


def without_words(contents: Contents, taken_back: frozenset[int], earlier: Iterable[str] = ()) -> Contents:
    """The frozen contents without the words of the named statements: their quotes go, their evidence and rows keep
    their place with no text, and where a person repeated them a mark stands instead. `earlier` are words that were
    taken out of the contents before."""
    words = {row["text"].strip() for row in contents["statements"] if row["id"] in taken_back}
    words |= {text.strip() for text in earlier}
    short = [text for text in words if FEWEST_WORDS <= len(text.split()) < ENOUGH_WORDS]
    said = SaidAgain(words, TAKEN_BACK)
    if not taken_back and not said and not short:
        return contents

    def places(text: str) -> Sequence[Place]:
        return said.places(text) or _letter_for_letter(text, short)

    return _cleaned(contents, taken_back, places)


def _letter_for_letter(text: str, short: Iterable[str]) -> list[Place]:
    found: list[Place] = []
    for words in short:
        at = text.find(words)
        while at >= 0:
            found.append(Place(at, at + len(words), TAKEN_BACK))
            at = text.find(words, at + len(words))
    return apart(found)


def apart(places: Iterable[Place]) -> list[Place]:
    """The places in order, without those that begin inside another."""
    found: list[Place] = []
    for place in sorted(places):
        if not found or place.start >= found[-1].end:
            found.append(place)
    return found


def _cleaned(value: Any, taken_back: frozenset[int], places: Places) -> Any:
    if isinstance(value, str):
        return replaced(value, places(value))
    if isinstance(value, list):
        kept = [each for each in value if not _is_quote_of(each, taken_back)]
        return [_cleaned(each, taken_back, places) for each in kept]
    if isinstance(value, dict):
        statement = value.get("statement_id", value.get("id")) if "text" in value else None
        stays = NO_WORDS
        if statement in taken_back:
            value = {**value, "text": ""}
        elif isinstance(statement, int):
            # Somebody else's words stand, be they the same.
            stays = NO_WORDS | {"text"}
        value = over_runs(value, places)
        return {key: each if key in stays else _cleaned(each, taken_back, places) for key, each in value.items()}
    return value


def _is_quote_of(value: Any, taken_back: frozenset[int]) -> bool:
    return isinstance(value, dict) and "cut_after" in value and value["statement_id"] in taken_back


def reworded(value: Any, places: Places) -> Any:
    """The frozen contents with a mark wherever `places` finds something in the words for readers."""
    if isinstance(value, dict):
        value = over_runs(value, places)
        return {
            key: replaced_in(each, places) if key in WORDS else reworded(each, places) for key, each in value.items()
        }
    return [reworded(each, places) for each in value] if isinstance(value, list) else value


def over_runs(value: dict[str, Any], places: Places) -> dict[str, Any]:
    """A paragraph or an item with its words read as one, over emphasis and from line to line."""
    if "runs" not in value:
        return value
    items = value.get("items", [])
    lines = [value["runs"], *(item["runs"] for item in items)]
    found = places("\n".join("".join(run["text"] for run in runs) for runs in lines))
    if not found:
        return value
    done, start = [], 0
    for runs in lines:
        done.append(_line_without(runs, start, found))
        start += sum(len(run["text"]) for run in runs) + 1
    value = {**value, "runs": done[0]}
    if items:
        pairs = zip(items, done[1:], strict=True)
        # A line of which nothing is left says nothing.
        value["items"] = [{**item, "runs": runs} for item, runs in pairs if runs or item["quotes"] or not item["runs"]]
    return value


def _line_without(runs: Sequence[Run], start: int, places: Sequence[Place]) -> list[Run]:
    """The runs of a line that begins at `start` of the text that the places are in."""
    left: list[Run] = []
    for run in runs:
        end, at = start + len(run["text"]), start
        for place in places:
            if place.end <= at or place.start >= end:
                continue
            left += _slice(run, start, at, place.start)
            if start <= place.start:
                left.append({"text": place.mark, "strong": False, "emphasis": False, "href": ""})
            at = min(end, place.end)
        left += _slice(run, start, at, end)
        start = end
    return left


def _slice(run: Run, start: int, at: int, end: int) -> list[Run]:
    text = run["text"][at - start : max(end, at) - start]
    return [{**run, "text": text}] if text else []


def words_by_number(contents: Contents) -> dict[str, str]:
    """The words of each numbered paragraph; of a list without words before it those of its items."""
    found: dict[str, str] = {}
    waiting = list(contents["sections"])
    while waiting:
        section = waiting.pop()
        waiting += section["sections"]
        for one in section["paragraphs"]:
            if one["number"] is not None:
                found[one["number"]] = _words(one["runs"]) or "; ".join(_words(item["runs"]) for item in one["items"])
    return found


def _words(runs: list[dict[str, str]]) -> str:
    return "".join(run["text"] for run in runs)
