"""Files of answers from elsewhere, and cards that were typed in."""

import sqlalchemy as sa
from alembic import op

revision = "elsewhere"
down_revision = "people"
branch_labels = None
depends_on = None


def upgrade():
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "file_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("uploaded_at", moment, nullable=False),
        sa.Column("tool", sa.String(30), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("id_scope", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("progress_at", moment, nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("already_there", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("made_questions", sa.JSON(), nullable=False),
        sa.Column("made_events", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.Column("taken_back_at", moment, nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_file_import_series_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_file_import_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["started_by_id"], ["user.id"], name=op.f("fk_file_import_started_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["user.id"], name=op.f("fk_file_import_taken_back_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_import")),
    )
    op.create_index(op.f("ix_file_import_series_id"), "file_import", ["series_id"])
    op.create_table(
        "remembered_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_remembered_mapping_series_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_mapping")),
        sa.UniqueConstraint("series_id", "fingerprint", name=op.f("uq_remembered_mapping_series_id_fingerprint")),
    )
    with op.batch_alter_table("response") as batch_op:
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("paper_serial", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("keyed_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_response_import_id"), ["import_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_response_import_id"), "file_import", ["import_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_response_keyed_by_id"), "user", ["keyed_by_id"], ["id"], ondelete="SET NULL"
        )


def downgrade():
    with op.batch_alter_table("response") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_response_keyed_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_response_import_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_response_import_id"))
        batch_op.drop_column("keyed_by_id")
        batch_op.drop_column("paper_serial")
        batch_op.drop_column("import_id")
    op.drop_table("remembered_mapping")
    op.drop_index(op.f("ix_file_import_series_id"), "file_import")
    op.drop_table("file_import")
