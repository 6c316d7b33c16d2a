"""Rules of public consultations, what changed of one, what many are told; comments reported and hidden."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"

WORDS = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("cycles", sa.Column("announce_days", sa.Integer(), server_default="14", nullable=False))
    op.add_column("cycles", sa.Column("consultation_days", sa.Integer(), server_default="21", nullable=False))
    op.add_column("consultations", sa.Column("closed_at_first", sa.DateTime(timezone=True), nullable=True))
    op.add_column("consultations", sa.Column("extended_why", WORDS, nullable=True))
    op.add_column("consultations", sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("consultations", sa.Column("called_off_why", WORDS, nullable=True))
    op.create_table(
        "consultation_tellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultation_tellings_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_tellings")),
        sa.UniqueConstraint(
            "consultation_id", "kind", name=op.f("uq_consultation_tellings_consultation_id_kind")
        ),
    )
    op.create_index(op.f("ix_consultation_tellings_told_at"), "consultation_tellings", ["told_at"])
    op.create_table(
        "comment_hidings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("hidden_by", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contest_until", sa.Date(), nullable=False),
        sa.Column("contested_words", sa.Text(), nullable=True),
        sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_text", WORDS, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(contested_at is null) = (contested_words is null)", name=op.f("ck_comment_hidings_contested")
        ),
        sa.CheckConstraint(
            "decided_at is null or (contested_at is not null and decided_text is not null)",
            name=op.f("ck_comment_hidings_decided"),
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> hidden_by",
            name=op.f("ck_comment_hidings_decided_by_another"),
        ),
        sa.CheckConstraint(
            "lifted_at is null or decided_at is not null", name=op.f("ck_comment_hidings_lifted")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_hidings_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_comment_hidings_decided_by")),
        sa.ForeignKeyConstraint(["hidden_by"], ["people.id"], name=op.f("fk_comment_hidings_hidden_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_hidings")),
    )
    for column in ("comment_id", "contested_at", "hidden_at"):
        op.create_index(op.f(f"ix_comment_hidings_{column}"), "comment_hidings", [column])
    op.create_table(
        "comment_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("hiding_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(decided_at is null) = (decided_by is null)", name=op.f("ck_comment_reports_decided")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_reports_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_comment_reports_decided_by")),
        sa.ForeignKeyConstraint(
            ["hiding_id"],
            ["comment_hidings.id"],
            name=op.f("fk_comment_reports_hiding_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_reports")),
        sa.UniqueConstraint("once", name=op.f("uq_comment_reports_once")),
    )
    for column in ("comment_id", "email", "made_at"):
        op.create_index(op.f(f"ix_comment_reports_{column}"), "comment_reports", [column])
    op.create_index("ix_comment_reports_waiting", "comment_reports", ["decided_at", "made_at", "id"])


def downgrade() -> None:
    op.drop_table("comment_reports")
    op.drop_table("comment_hidings")
    op.drop_table("consultation_tellings")
    with op.batch_alter_table("consultations") as batch:
        for column in ("called_off_why", "called_off_at", "extended_why", "closed_at_first"):
            batch.drop_column(column)
    with op.batch_alter_table("cycles") as batch:
        batch.drop_column("consultation_days")
        batch.drop_column("announce_days")
