"""What an organiser does on the board: one verb, one function, one transaction, one entry in the log.

Each takes the person who acts, the time, optionally `seen` (the board's version that they had before them: where
somebody else changed the same thing since, nothing is changed and Conflict says who) and a `note` that says why.
"""

from .actions_proposals import accept_suggestions
from .actions_statements import (
    GIVEN_BY_PERSONS,
    keep_apart,
    mark_practice,
    move_statements,
    place_statements,
    restore,
    say_not_personal,
    set_facet,
    unmark_practice,
    withhold,
)
from .actions_themes import (
    STATEMENT_LIMIT,
    delete_themes,
    describe_theme,
    make_theme,
    merge_themes,
    place_theme,
    rename_theme,
    reorder_theme,
    split_theme,
    word_theme,
)
from .deciding import NOTE_LIMIT, TITLE_LIMIT
from .redacting import redact

__all__ = [
    "GIVEN_BY_PERSONS",
    "NOTE_LIMIT",
    "STATEMENT_LIMIT",
    "TITLE_LIMIT",
    "accept_suggestions",
    "delete_themes",
    "describe_theme",
    "keep_apart",
    "make_theme",
    "mark_practice",
    "merge_themes",
    "move_statements",
    "place_statements",
    "place_theme",
    "redact",
    "rename_theme",
    "reorder_theme",
    "restore",
    "say_not_personal",
    "set_facet",
    "split_theme",
    "unmark_practice",
    "withhold",
    "word_theme",
]
