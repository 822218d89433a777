"""In the hall: moderation of the floor with its log, what a table agreed to"""

import sqlalchemy as sa
from alembic import op

revision = "hall"
down_revision = "consent"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "floor_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_session.id"], name=op.f("fk_floor_rules_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_rules")),
        sa.UniqueConstraint("session_id", name=op.f("uq_floor_rules_session_id")),
    )
    op.create_table(
        "floor_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_session.id"], name=op.f("fk_floor_decision_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["floor_question.id"], name=op.f("fk_floor_decision_question_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_floor_decision_actor_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_decision")),
    )
    op.create_index(op.f("ix_floor_decision_session_id"), "floor_decision", ["session_id"])
    op.create_table(
        "table_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.Column("agreed_by", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"], ["discussion_table.id"], name=op.f("fk_table_agreement_table_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_agreement")),
    )
    op.create_index(op.f("ix_table_agreement_table_id"), "table_agreement", ["table_id"])
    with op.batch_alter_table("group_note") as table:
        table.add_column(sa.Column("changed_at", MOMENT, nullable=True))
    with op.batch_alter_table("floor_question") as table:
        table.add_column(sa.Column("not_reached_at", MOMENT, nullable=True))
        table.add_column(sa.Column("waiting", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("hidden_reason", sa.String(length=200), server_default="", nullable=False))


def downgrade() -> None:
    # A question that nobody has read yet stays hidden: the older code counts by `hidden_at` too.
    with op.batch_alter_table("floor_question") as table:
        for name in ("hidden_reason", "waiting", "not_reached_at"):
            table.drop_column(name)
    with op.batch_alter_table("group_note") as table:
        table.drop_column("changed_at")
    for name in ("table_agreement", "floor_decision", "floor_rules"):
        op.drop_table(name)
