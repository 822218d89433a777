"""What may be done with one text alone"""

import sqlalchemy as sa
from alembic import op

revision = "consent"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer", sa.Column("consent", sa.String(length=10), nullable=True))


def downgrade() -> None:
    op.drop_column("answer", "consent")
