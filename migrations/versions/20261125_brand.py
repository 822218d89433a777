"""The organisation's name, logo and colour, kept with the series"""

import sqlalchemy as sa
from alembic import op

revision = "brand"
down_revision = "cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series_brand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_kind", sa.String(length=3), nullable=False),
        sa.Column("logo_alternative", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_brand_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_brand")),
        sa.UniqueConstraint("series_id", name=op.f("uq_series_brand_series_id")),
    )


def downgrade() -> None:
    op.drop_table("series_brand")
