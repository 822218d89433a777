"""Numbers that are stored elsewhere, or said in the audit log, are given once: SQLite gave the highest again after its
row was deleted, as PostgreSQL never does"""

from alembic import op
from sqlalchemy import text

revision = "numbers_never_again"
down_revision = "encoding"
branch_labels = None
depends_on = None

TOLD = "SELECT max(subject_id) FROM webhook_delivery WHERE kind = '{}'"
DECIDED = (
    "SELECT max(json_extract(one.value, '$[1]')) FROM curation_entry, json_each(curation_entry.changes) AS one"
    " WHERE json_extract(one.value, '$[0]') LIKE '{}.%'"
)
# Each table, and where numbers of its rows may stand that were deleted.
TABLES = {
    "series": ["SELECT max(series_id) FROM audit_entry"],
    "event": [],
    "question": ["SELECT max(one.value) FROM file_import, json_each(file_import.made_questions) AS one"],
    "response": [TOLD.format("response.received")],
    "answer": [],
    "redaction": [DECIDED.format("redaction")],
    "theme_run": [TOLD.format("analysis.finished")],
    "theme": [DECIDED.format("theme")],
    "statement": [
        DECIDED.format("statement"),
        "SELECT max(statement_id) FROM edition_use",
        "SELECT max(json_extract(one.value, '$.id')) FROM edition, json_each(edition.contents, '$.statements') AS one",
        "SELECT max(json_extract(one.value, '$[0]')) FROM report_paragraph, json_each(report_paragraph.evidence) AS one",
    ],
    "suggestion": [DECIDED.format("suggestion")],
    "suggested_change": [DECIDED.format("suggested_change")],
    "edition": [TOLD.format("edition.published")],
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    for table, elsewhere in TABLES.items():
        make_anew(table, counting_on=True)
        queries = [f'SELECT max(id) FROM "{table}"', *elsewhere]
        highest = max(connection.execute(text(query)).scalar() or 0 for query in queries)
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        row = {"name": table, "seq": highest}
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in reversed(TABLES):
            make_anew(table, counting_on=False)


def make_anew(table: str, counting_on: bool) -> None:
    """The table with the same columns, constraints, indexes and rows."""
    with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": counting_on}):
        pass
