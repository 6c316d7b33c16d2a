"""Copies of a comment stand in lists once; comments are counted by the section they are about.

Revision ID: 0033
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


# Of each order in which comments stand, the key. PostgreSQL reads an index in its order only where nothing but
# what is asked for equality stands before the key: "is null" is none.
KEYS = {
    "ix_comments_new": "confirmed_at",
    "ix_comments_supported": "supports",
    "ix_comments_places": "place",
}
OF_BEFORE = ("ix_comments_new", "ix_comments_supported")


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("signatures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("comments", sa.Column("place", sa.Integer(), server_default="0", nullable=False))
    op.add_column("comments", sa.Column("is_copy", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name, key in KEYS.items():
        if name in OF_BEFORE:
            op.drop_index(name, "comments")
        op.create_index(
            name,
            "comments",
            ["text_id", key, "id"],
            sqlite_where=sa.text("parent_id IS NULL AND confirmed_at IS NOT NULL AND is_copy = 0"),
            postgresql_where=sa.text("parent_id IS NULL AND confirmed_at IS NOT NULL AND NOT is_copy"),
        )
    op.create_table(
        "comment_signatures",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name=op.f("fk_comment_signatures_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_signatures")),
    )


def downgrade() -> None:
    op.drop_table("comment_signatures")
    for name, key in KEYS.items():
        op.drop_index(name, "comments")
        if name in OF_BEFORE:
            op.create_index(name, "comments", ["text_id", "parent_id", key, "id"])
    op.drop_column("comments", "is_copy")
    op.drop_column("comments", "place")
    op.drop_column("campaigns", "signatures")
