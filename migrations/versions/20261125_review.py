"""What a later analysis would change in themes that stand, and what an organiser left as it is"""

import sqlalchemy as sa
from alembic import op

revision = "review"
down_revision = "language"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggested_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("theme_ids", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theme_run.id"], name=op.f("fk_suggested_change_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_change")),
    )
    op.create_index(op.f("ix_suggested_change_run_id"), "suggested_change", ["run_id"])
    with op.batch_alter_table("suggestion") as batch:
        batch.add_column(sa.Column("declined", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("suggestion") as batch:
        batch.drop_column("declined")
    op.drop_index(op.f("ix_suggested_change_run_id"), table_name="suggested_change")
    op.drop_table("suggested_change")
