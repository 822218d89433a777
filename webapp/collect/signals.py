"""Lets the rooms further along know that words came in, without this room knowing them."""

from blinker import Signal

# Sent with `event_id` after the commit, when something was received, corrected, deleted or withdrawn.
words_changed = Signal()
