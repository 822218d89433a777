"""Lets the room further along know what was published, without this room knowing it."""

from blinker import Signal

# Sent with `series_id` after the commit.
edition_published = Signal()
