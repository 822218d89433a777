"""The table at which a delegate sits, where the organiser asks for it"""

import sqlalchemy as sa
from alembic import op

revision = "asked_table"
down_revision = "pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("ask_table", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("response", sa.Column("table_name", sa.String(100), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("response") as batch:
        batch.drop_column("table_name")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("ask_table")
