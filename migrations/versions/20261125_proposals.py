"""Which theme a suggested one became"""

import sqlalchemy as sa
from alembic import op

revision = "proposals"
down_revision = "map"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suggested_theme") as batch:
        batch.add_column(sa.Column("theme_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_suggested_theme_theme_id", "theme", ["theme_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("suggested_theme") as batch:
        batch.drop_constraint("fk_suggested_theme_theme_id", type_="foreignkey")
        batch.drop_column("theme_id")
