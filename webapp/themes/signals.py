"""Lets the rooms further along know how far the worker is, without this room knowing them."""

from blinker import Signal

# Sent with `series_id` after the commit: what came in at an event was read; an analysis finished, well or not.
words_read = Signal()
analysis_finished = Signal()
# Sent with `series_id` after the commit: statements were set aside because their words were taken back.
words_set_aside = Signal()
