"""Drafts of answers, notes between colleagues, a second reader's question for one fate, fates of the past."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("batches", sa.Column("published_on", sa.Date(), nullable=True))
    op.create_table(
        "answer_drafts",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name="fk_answer_drafts_referral_id_referrals",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["kept_by"], ["people.id"], name="fk_answer_drafts_kept_by_people"),
        sa.PrimaryKeyConstraint("referral_id", name="pk_answer_drafts"),
    )
    op.create_table(
        "fate_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea_id"],
            ["fate_drafts.idea_id"],
            name="fk_fate_questions_idea_id_fate_drafts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="fk_fate_questions_asked_by_people"),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name="fk_fate_questions_answered_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_fate_questions"),
    )
    op.create_index("ix_fate_questions_idea_id", "fate_questions", ["idea_id"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_notes_idea_id_ideas", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_notes_author_id_people"),
        sa.ForeignKeyConstraint(["from_id"], ["institutions.id"], name="fk_notes_from_id_institutions"),
        sa.ForeignKeyConstraint(["for_id"], ["institutions.id"], name="fk_notes_for_id_institutions"),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name="fk_notes_to_id_people"),
        sa.ForeignKeyConstraint(["resolved_by"], ["people.id"], name="fk_notes_resolved_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_idea_id", "notes", ["idea_id"])
    op.create_index("ix_notes_waits", "notes", ["resolved_at", "waits"])


def downgrade() -> None:
    for table in ("notes", "fate_questions", "answer_drafts"):
        op.drop_table(table)
    op.drop_column("batches", "published_on")
