"""What every column of the data files means: printed in the codebook, and the descriptions of the JSON Schema."""

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its name in every file, its kind (id, integer, number, text, date, yes or no), its meaning."""

    name: str
    kind: str
    meaning: str
    width: int = 14


THEME_ID = Column("theme_id", "id", "The theme, as in the table of themes; empty where it is in none.", 10)
EVENT_ID = Column("event_id", "id", "The event, as in the table of events.", 10)
STATEMENT_ID = Column("statement_id", "id", "The statement, as in the table of statements.", 13)
EVENT = Column("event", "text", "The event's name: its place, or its title where places are shared.", 18)
CONSENT = Column(
    "consent",
    "text",
    "What the author allowed: quote; use or unquoted (counted, never quoted); none (kept out of reports).",
    12,
)
KIND = Column(
    "organisation_type",
    "text",
    "Kind of organisation, where enough responses came from that kind at that event that it points at nobody.",
    24,
)
COUNTED = (
    Column("statements", "integer", "Statements that stand in it.", 12),
    Column("people", "integer", "Delegates who wrote it; each form counts once.", 10),
    Column("tables", "integer", "Tables that noted it; a table is never counted as people.", 10),
    Column("floor_questions", "integer", "Questions from the floor in which it came up.", 15),
    Column("presentations", "integer", "Presentations in which it came up.", 14),
)

# The tables by name: title, what a row is, columns.
TABLES: dict[str, tuple[str, str, tuple[Column, ...]]] = {
    "themes": (
        "Themes",
        "One row for each theme that was heard.",
        (
            Column("id", "id", "The theme's number in every file of this report.", 8),
            Column("number", "integer", "Its place among the key themes, or in the list on the project.", 9),
            Column("about_project", "yes or no", "Whether it is feedback on the project itself.", 14),
            Column("title", "text", "Its short title.", 40),
            Column("statement", "text", "The theme as one sentence.", 60),
            *COUNTED,
            Column("events", "integer", "Events at which it was heard.", 9),
        ),
    ),
    "statements": (
        "Statements",
        "One row for each statement that was received: one idea in its author's own words.",
        (
            Column("id", "id", "The statement's number, the same in every file and beside every quotation.", 8),
            Column("text", "text", "The words, letter for letter; empty where they may not be printed.", 70),
            EVENT_ID,
            EVENT,
            Column("session", "text", "The session in which it was said, where there was one.", 24),
            Column("channel", "text", "How it came: written, table, floor or presentation.", 13),
            Column(
                "speaker",
                "text",
                "Whose it is: a response (r and its id), a table (t...) or a question from the floor (f...). One"
                " speaker's statements share it.",
                10,
            ),
            KIND,
            Column("facet", "text", "The heading: observation, problem, approach or suggestion.", 13),
            THEME_ID,
            Column("theme", "text", "The theme's title; empty unless its fate is used.", 34),
            Column("fate", "text", "What became of it: used, duplicate, withheld or in_no_theme.", 13),
            Column("reason", "text", "Why it was withheld.", 14),
            Column("weight", "text", "Of a table's note: one, several, table (the whole table) or split.", 10),
            CONSENT,
        ),
    ),
    "placements": (
        "Placements",
        "One row for each used statement: where it stands, and who put it there.",
        (
            STATEMENT_ID,
            THEME_ID,
            Column("placed_by", "text", "person or software.", 12),
            Column("confidence", "number", "How well it fits, 0 to 1, where the software placed it.", 12),
        ),
    ),
    "responses": (
        "Responses",
        "One row for each form that a delegate sent and did not take back. No words of theirs are in this table.",
        (
            Column("id", "id", "The response's number; the speaker r and this number said its statements.", 8),
            EVENT_ID,
            EVENT,
            Column("received_on", "date", "The day on which it came, where the event was.", 13),
            KIND,
            CONSENT,
            Column("statements", "integer", "Statements that were read in it, whatever became of them.", 12),
        ),
    ),
    "breakdowns": (
        "Breakdowns",
        "One row for each cell of a breakdown, cells of nothing among them.",
        (
            Column(
                "breakdown",
                "text",
                "theme_by_facet, theme_by_event, theme_by_channel, theme_by_organisation (written feedback alone, small"
                " groups together), responses_by_organisation, or answers (to a question with set answers"
                " that at least a small group answered).",
                24,
            ),
            THEME_ID,
            Column("row", "text", "The theme's title, or the question.", 44),
            Column("column", "text", "The heading, event, channel, kind of organisation, or answer.", 30),
            Column("statements", "integer", "Statements in the cell; empty where people alone are counted.", 12),
            Column("people", "integer", "Delegates in the cell.", 10),
        ),
    ),
    "events": (
        "Events",
        "One row for each event of the report.",
        (
            Column("id", "id", "The event's number in every file of this report.", 8),
            Column("name", "text", "The name it goes by in the report.", 18),
            Column("title", "text", "Its title.", 34),
            Column("place", "text", "Where it was.", 18),
            Column("starts_on", "date", "Its first day.", 12),
            Column("ends_on", "date", "Its last day.", 12),
            Column("invited", "integer", "How many were invited; empty where nobody recorded it.", 10),
            Column("attended", "integer", "How many came; empty where nobody recorded it.", 10),
            Column("responses", "integer", "Forms sent by delegates.", 11),
            Column("tables", "integer", "Tables that took notes.", 10),
            Column("notes", "integer", "Notes taken at tables.", 10),
            Column("floor_questions", "integer", "Questions asked from the floor.", 15),
            Column("presentations", "integer", "Presentations of which points were noted.", 14),
            Column("key_points", "integer", "Points noted from presentations.", 12),
        ),
    ),
    "codebook": (
        "Codebook",
        "One row for each column of the other tables.",
        (
            Column("table", "text", "The table.", 14),
            Column("column", "text", "The column.", 20),
            Column("kind", "text", "id, integer, number, text, date (year-month-day) or yes or no.", 12),
            Column("meaning", "text", "What stands in it.", 100),
        ),
    ),
}
