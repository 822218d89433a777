"""How long a series keeps the texts of its events, and what was removed at the end of it"""

import sqlalchemy as sa
from alembic import op

from webapp.extensions import UtcDateTime

revision = "retention"
down_revision = "asked_table"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("series", sa.Column("keep_texts_days", sa.Integer(), nullable=True))
    op.add_column("series", sa.Column("keep_texts_since", UtcDateTime(), nullable=True))
    op.add_column("event", sa.Column("texts_removed_at", UtcDateTime(), nullable=True))
    op.add_column("statement", sa.Column("words_removed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    for table, names in (
        ("statement", ("words_removed_at",)),
        ("event", ("texts_removed_at",)),
        ("series", ("keep_texts_since", "keep_texts_days")),
    ):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
