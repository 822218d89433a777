"""Where words stand again: whoever repeats them may change their case, emphasis, spaces and punctuation."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

# A soft hyphen or a joiner within a word makes no two of it.
UNSEEN = re.compile("[\xad\u200b-\u200d\u2060]+")
WORD = re.compile(rf"[^\W_]+(?:{UNSEEN.pattern}[^\W_]+)*")
# Fewer words than this are said by many: that they stand elsewhere too tells nothing of who said them.
ENOUGH_WORDS = 4


class Place(NamedTuple):
    """A slice [start, end) of a text, and what is to stand there instead."""

    start: int
    end: int
    mark: str


Places = Callable[[str], Sequence[Place]]


def squeezed(text: str) -> str:
    """The text's words in lower case with a space between them, and nothing else."""
    return " ".join(_words(text))


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text, both of them squeezed."""
    return f" {words} " in f" {text} "


def replaced(text: str, places: Sequence[Place]) -> str:
    """The text with each mark in its place."""
    done, last = [], 0
    for place in places:
        done += [text[last : place.start], place.mark]
        last = place.end
    return "".join([*done, text[last:]])


def replaced_in(value: Any, places: Places) -> Any:
    """The value with the same done to each string in it, however deep."""
    if isinstance(value, str):
        return replaced(value, places(value))
    if isinstance(value, list):
        return [replaced_in(each, places) for each in value]
    if isinstance(value, dict):
        return {key: replaced_in(each, places) for key, each in value.items()}
    return value


class SaidAgain:
    """Whole texts, to be found wherever they stand again; those of too few words are left out."""

    def __init__(self, texts: Iterable[str], mark: str) -> None:
        self.mark = mark
        enough = {text.strip() for text in texts if len(text.split()) >= ENOUGH_WORDS}
        self._beginning: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for text in sorted(enough, key=len, reverse=True):
            words = tuple(_words(text))
            if words:
                # By their first two words: most strings hold those of none.
                self._beginning.setdefault(words[:2], []).append((words, text))

    def __bool__(self) -> bool:
        return bool(self._beginning)

    def places(self, text: str) -> list[Place]:
        """Where the texts stand in this one, in order; the longest where several do."""
        found: list[Place] = []
        if not self._beginning:
            return found
        stands = list(WORD.finditer(text))
        words = [_folded(match.group()) for match in stands]
        at = 0
        while at < len(words):
            known = self._beginning.get(tuple(words[at : at + 2])) or self._beginning.get((words[at],), [])
            said = next((each for each in known if tuple(words[at : at + len(each[0])]) == each[0]), None)
            if said is None:
                at += 1
                continue
            last = at + len(said[0]) - 1
            found.append(Place(*_with_its_marks(text, stands[at].start(), stands[last].end(), said[1]), self.mark))
            at = last + 1
        return found


def _with_its_marks(text: str, start: int, end: int, said: str) -> tuple[int, int]:
    """The slice with the punctuation that stands around the words in what was said, where it stands here too."""
    matches = list(WORD.finditer(said))
    before, after = said[: matches[0].start()], said[matches[-1].end() :]
    if before and text.endswith(before, 0, start):
        start -= len(before)
    if after and text.startswith(after, end):
        end += len(after)
    return start, end


def _words(text: str) -> Iterable[str]:
    return (_folded(match.group()) for match in WORD.finditer(text))


def _folded(word: str) -> str:
    return (word if word.isascii() else UNSEEN.sub("", word)).casefold()
