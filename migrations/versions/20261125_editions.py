"""The report being edited, its paragraphs, editions and log."""

import sqlalchemy as sa
from alembic import op


revision = "editions"
down_revision = "elsewhere"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_report_draft_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_report_draft_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_draft')),
    sa.UniqueConstraint('event_id', name=op.f('uq_report_draft_event_id')),
    sa.UniqueConstraint('slug', name=op.f('uq_report_draft_slug'))
    )
    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_draft_series_id'), ['series_id'], unique=False)
        batch_op.create_index('uq_report_draft_series', ['series_id'], unique=True, sqlite_where=sa.text('event_id IS NULL'), postgresql_where=sa.text('event_id IS NULL'))

    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('unpublished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unpublished_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['report_draft.id'], name=op.f('fk_edition_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by_id'], ['user.id'], name=op.f('fk_edition_published_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_edition_draft_id_number'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_draft_id'), ['draft_id'], unique=False)

    op.create_table('report_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.String(length=30), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_report_entry_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['draft_id'], ['report_draft.id'], name=op.f('fk_report_entry_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_entry')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_report_entry_draft_id_number'))
    )
    with op.batch_alter_table('report_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_entry_draft_id'), ['draft_id'], unique=False)

    op.create_table('report_paragraph',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('section_key', sa.String(length=100), nullable=False),
    sa.Column('section_title', sa.String(length=400), nullable=False),
    sa.Column('own', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('drafted', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('drafted_ids', sa.JSON(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['report_draft.id'], name=op.f('fk_report_paragraph_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_paragraph')),
    sa.UniqueConstraint('draft_id', 'key', name=op.f('uq_report_paragraph_draft_id_key'))
    )
    with op.batch_alter_table('report_paragraph', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_paragraph_draft_id'), ['draft_id'], unique=False)

    op.create_table('report_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('order', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['report_draft.id'], name=op.f('fk_report_section_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_section')),
    sa.UniqueConstraint('draft_id', 'key', name=op.f('uq_report_section_draft_id_key'))
    )
    with op.batch_alter_table('report_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_section_draft_id'), ['draft_id'], unique=False)

    op.create_table('edition_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('quoted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_use_edition_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition_use'))
    )
    with op.batch_alter_table('edition_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_use_edition_id'), ['edition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_edition_use_statement_id'), ['statement_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('edition_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_use_statement_id'))
        batch_op.drop_index(batch_op.f('ix_edition_use_edition_id'))

    op.drop_table('edition_use')
    with op.batch_alter_table('report_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_section_draft_id'))

    op.drop_table('report_section')
    with op.batch_alter_table('report_paragraph', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_paragraph_draft_id'))

    op.drop_table('report_paragraph')
    with op.batch_alter_table('report_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_entry_draft_id'))

    op.drop_table('report_entry')
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_draft_id'))

    op.drop_table('edition')
    with op.batch_alter_table('report_draft', schema=None) as batch_op:
        batch_op.drop_index('uq_report_draft_series', sqlite_where=sa.text('event_id IS NULL'), postgresql_where=sa.text('event_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_report_draft_series_id'))

    op.drop_table('report_draft')
