"""Lets the rooms further along know that words came in, without this room knowing them."""

from typing import Any, NamedTuple

from blinker import Signal

# Sent with `event_id` after the commit, when something was received, corrected, deleted or withdrawn.
words_changed = Signal()
# Sent with `event_id` after the commit, before `words_changed`, when words were corrected, deleted, hidden or
# withdrawn: they must be out of every list and file at once, whether or not a worker runs.
words_taken_back = Signal()

# Sent with `response_id` before the commit, before a response's words are deleted for good: what was cut from them
# cannot be told afterwards.
words_going = Signal()
# Sent with `response_id` and `now` before the commit, when a response's words are deleted for good: whoever keeps them
# deletes them in the same transaction.
words_erased = Signal()

# Sent with `event_id` before the commit, before the words of an event are removed and after they are (then with `mark`,
# what stands in their place, and `now`): what is published keeps what it printed, and nothing else keeps any.
texts_going = Signal()
texts_removed = Signal()


class Use(NamedTuple):
    """What became of a part of a response: its words, and in words where they stand now."""

    text: str
    became: str


# Sent with a Response; a receiver answers a list of Use, for the delegate's receipt.
asking_for_uses = Signal()


def uses_of(response: Any) -> list[Use]:
    """What the rooms further along made of the response, in the order of its words."""
    return [use for _receiver, uses in asking_for_uses.send(response) for use in uses]
