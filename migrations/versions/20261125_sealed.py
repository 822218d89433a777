"""Words that were cut from a text: what was sent, sealed, and each cut; and statements in which nothing is personal"""

import sqlalchemy as sa
from alembic import op

revision = "sealed"
down_revision = "webhooks"
branch_labels = None
depends_on = None

ONE_SOURCE = (
    "(CASE WHEN answer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN revision_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN floor_question_id IS NULL THEN 0 ELSE 1 END) = 1"
)
SOURCES = {
    "answer_id": "answer.id",
    "note_id": "group_note.id",
    "revision_id": "group_note_revision.id",
    "floor_question_id": "floor_question.id",
}


def upgrade() -> None:
    op.create_table(
        "sealed_text",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in SOURCES),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(ONE_SOURCE, name=op.f("ck_sealed_text_one_source")),
        *(
            sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_sealed_text_{name}"), ondelete="CASCADE")
            for name, to in SOURCES.items()
        ),
        *(sa.UniqueConstraint(name, name=op.f(f"uq_sealed_text_{name}")) for name in SOURCES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_text")),
    )
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("mark", sa.String(100), nullable=False),
        sa.Column("standing", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("carried", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sealed_id"], ["sealed_text.id"], name=op.f("fk_redaction_sealed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index(op.f("ix_redaction_sealed_id"), "redaction", ["sealed_id"])
    with op.batch_alter_table("statement") as batch:
        batch.add_column(sa.Column("not_personal", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("statement") as batch:
        batch.drop_column("not_personal")
    op.drop_table("redaction")
    op.drop_table("sealed_text")
