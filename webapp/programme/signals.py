"""Lets this room ask how much was said, and say that it goes, without knowing the rooms further along, which keep
it."""

from typing import Any

from blinker import Signal

# Sent with an Event, EventSession, DiscussionTable or Question; a receiver answers how many responses, notes,
# questions from the floor or answers hang on it, so that nothing which was said is deleted by the way.
counting_words = Signal()
# Sent with `event_id` and `now` before the commit, before an event is deleted with all that was said at it: whatever
# was made of that, or knows it by its number, goes in the same transaction.
event_going = Signal()


def words_held(row: Any) -> int:
    """How many things that were said hang on the event, session, table or question."""
    return sum(number for _, number in counting_words.send(row))
