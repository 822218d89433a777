"""Where a form's new page begins"""

import sqlalchemy as sa
from alembic import op

revision = "pages"
down_revision = "sealed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("begins_page", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("question") as batch:
        batch.drop_column("begins_page")
