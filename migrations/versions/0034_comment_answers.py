"""Published answers to comments: what they said before they were reworded, and who is told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"

WORDS = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "comment_answer_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("revised_by", sa.Integer(), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["comment_answers.id"],
            name=op.f("fk_comment_answer_revisions_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revised_by"], ["people.id"], name=op.f("fk_comment_answer_revisions_revised_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_answer_revisions")),
        sa.UniqueConstraint("answer_id", "number", name=op.f("uq_comment_answer_revisions_answer_id_number")),
    )
    op.create_index(op.f("ix_comment_answer_revisions_told_at"), "comment_answer_revisions", ["told_at"])
    op.create_table(
        "answer_publications",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tells_supporters", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_answer_publications_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["people.id"], name=op.f("fk_answer_publications_published_by")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_answer_publications")),
    )
    op.create_index(op.f("ix_answer_publications_told_at"), "answer_publications", ["told_at"])


def downgrade() -> None:
    op.drop_table("answer_publications")
    op.drop_table("comment_answer_revisions")
