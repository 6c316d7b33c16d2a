"""fates: read by a second person, published by the worker, reworded in public"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "batch_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("approves", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("approves or note is not null", name=op.f("ck_batch_reviews_reasoned")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_batch_reviews_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_batch_reviews_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_reviews")),
    )
    op.create_index(op.f("ix_batch_reviews_batch_id"), "batch_reviews", ["batch_id"])

    op.add_column("batches", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "batches",
        sa.Column(
            "sent_by", sa.Integer(), sa.ForeignKey("people.id", name="fk_batches_sent_by"), nullable=True
        ),
        inline_references=True,
    )
    op.add_column("batches", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("batches", sa.Column("to_tell", sa.Integer(), server_default="0", nullable=False))
    op.add_column("batches", sa.Column("told", sa.Integer(), server_default="0", nullable=False))

    text = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("steps", sa.Column("why", text, nullable=True))
    op.create_index("ix_ideas_fate_at", "ideas", ["fate_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_ideas_fate_at", table_name="ideas")
    op.drop_column("steps", "why")

    for column in ("told", "to_tell", "sent_at", "sent_by", "version"):
        op.drop_column("batches", column)

    op.drop_index(op.f("ix_batch_reviews_batch_id"), table_name="batch_reviews")
    op.drop_table("batch_reviews")
