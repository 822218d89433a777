"""Encoding in batches that workers share, and analyses that survive the kill of their worker"""

import sqlalchemy as sa
from alembic import op

from webapp.extensions import UtcDateTime

revision = "encoding"
down_revision = "retention"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("state IN ('waiting', 'running')")
NOT_UNDERSTOOD = sa.text("facet_guess IS NULL AND retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "encoding_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("held_by", sa.String(32), nullable=True),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_encoding_batch_board_id_board"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encoding_batch")),
    )
    op.create_index("ix_encoding_batch_board_id_id", "encoding_batch", ["board_id", "id"])
    op.add_column("theme_run", sa.Column("held_by", sa.String(32), nullable=True))
    op.add_column("theme_run", sa.Column("held_until", UtcDateTime(), nullable=True))
    op.add_column("theme_run", sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # Of several unfinished ones of a board the newest stays.
    op.execute(
        "UPDATE theme_run SET state = 'failed', error = 'It was not finished in time.' WHERE state IN ('waiting',"
        " 'running') AND id NOT IN (SELECT max(id) FROM theme_run WHERE state IN ('waiting', 'running') GROUP BY board_id)"
    )
    op.create_index(
        "uq_theme_run_unfinished", "theme_run", ["board_id"], unique=True,
        sqlite_where=UNFINISHED, postgresql_where=UNFINISHED,
    )
    op.create_index("ix_statement_board_id_encoder", "statement", ["board_id", "encoder"])
    op.create_index(
        "ix_statement_not_understood", "statement", ["board_id"],
        sqlite_where=NOT_UNDERSTOOD, postgresql_where=NOT_UNDERSTOOD,
    )


def downgrade() -> None:
    op.drop_index("ix_statement_not_understood", "statement")
    op.drop_index("ix_statement_board_id_encoder", "statement")
    op.drop_index("uq_theme_run_unfinished", "theme_run")
    with op.batch_alter_table("theme_run") as batch:
        for name in ("attempts", "held_until", "held_by"):
            batch.drop_column(name)
    op.drop_table("encoding_batch")
