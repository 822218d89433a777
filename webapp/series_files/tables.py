"""What of the database belongs to one series, and how each row hangs on it."""

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select

from ..extensions import db

# Each table of a series, in an order in which rows can be added, with the column that holds it to the one before.
PARENTS = {
    "series": "",
    "series_brand": "series_id",
    "news_subscriber": "series_id",
    "remembered_mapping": "series_id",
    "event": "series_id",
    "event_session": "event_id",
    "discussion_table": "session_id",
    "question": "event_id",
    "card_print": "event_id",
    "file_import": "series_id",
    "response": "event_id",
    "answer": "response_id",
    "floor_rules": "session_id",
    "floor_question": "session_id",
    "floor_backing": "floor_question_id",
    "floor_decision": "session_id",
    "group_note": "table_id",
    "group_note_revision": "note_id",
    "table_agreement": "table_id",
    "sealed_text": "",
    "redaction": "sealed_id",
    "board": "series_id",
    "theme_run": "board_id",
    "theme": "board_id",
    "statement": "board_id",
    "map_point": "statement_id",
    "placement": "statement_id",
    "suggested_theme": "run_id",
    "suggested_change": "run_id",
    "suggestion": "run_id",
    "curation_entry": "board_id",
    "report_draft": "series_id",
    "report_section": "draft_id",
    "report_paragraph": "draft_id",
    "edition": "draft_id",
    "edition_use": "edition_id",
    "report_entry": "draft_id",
}
# What stays behind, and why.
LEFT_OUT = {
    "audit_entry": "the log of the installation, in a chain of its own",
    "role": "of the installation",
    "roles_users": "of the installation",
    "user": "people go as names and addresses, without anything to sign in with",
    "web_authn": "a way to sign in",
    "sign_in": "a way to sign in",
    "api_token": "a way to sign in",
    "membership": "who may do what is decided anew where the series arrives",
    "invitation": "who may do what is decided anew where the series arrives",
    "encoding_batch": "work of this installation's workers",
    "webhook": "holds a secret, and would tell others of two installations",
    "webhook_delivery": "holds a secret, and would tell others of two installations",
}
# A sealed text hangs on whichever of these it was cut from.
SEALED = {
    "answer_id": "answer",
    "note_id": "group_note",
    "revision_id": "group_note_revision",
    "floor_question_id": "floor_question",
}
# Files that are still to be tried hold rows that nobody asked to keep, and analyses under way belong to a worker here.
KEPT_STATES = {"file_import": ("done", "taken_back", "failed"), "theme_run": ("done", "failed")}
# What is emptied: a file of answers whose import failed may hold names.
EMPTIED = {("file_import", "content")}


def table_named(name: str) -> Table:
    return db.metadata.tables[name]


def key_of(table: Table) -> ColumnElement[int]:
    """The one column that numbers the rows."""
    (key,) = table.primary_key.columns
    return key


def keys_in(name: str, series_id: int) -> Select[tuple[int]]:
    """The numbers of a table's rows that belong to the series."""
    return select(key_of(table_named(name))).where(belongs(name, series_id))


def belongs(name: str, series_id: int) -> ColumnElement[bool]:
    """Whether a row of the table belongs to the series, and goes with it."""
    table = table_named(name)
    if name == "series":
        return table.c.id == series_id
    if name == "sealed_text":
        return or_(*(table.c[column].in_(keys_in(source, series_id)) for column, source in SEALED.items()))
    column = table.c[PARENTS[name]]
    (target,) = column.foreign_keys
    parent = target.column.table.name
    held = column == series_id if parent == "series" else column.in_(keys_in(parent, series_id))
    states = KEPT_STATES.get(name)
    return held if states is None else and_(held, table.c.state.in_(states))


def people_columns(table: Table) -> list[str]:
    """The columns that name an account."""
    return [column.name for column in table.columns if refers_to(column) == "user"]


def refers_to(column: ColumnElement[object]) -> str | None:
    """The table that the column's foreign key names a row of."""
    names = [key.column.table.name for key in column.foreign_keys]
    return names[0] if names else None
