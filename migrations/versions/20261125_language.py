"""The language that a series' reports are written in"""

import sqlalchemy as sa
from alembic import op

revision = "language"
down_revision = "brand"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("report_language", sa.String(length=8), nullable=False, server_default="en")
    op.add_column("series", column)


def downgrade() -> None:
    op.drop_column("series", "report_language")
