"""Where each statement stands on the map"""

import sqlalchemy as sa
from alembic import op

revision = "map"
down_revision = "review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "map_point",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_map_point_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_map_point")),
    )


def downgrade() -> None:
    op.drop_table("map_point")
