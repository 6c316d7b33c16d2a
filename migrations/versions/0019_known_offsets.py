"""The database remembers by which offsets of Morocco its moments were written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "known_offsets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spans", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known_offsets"),
    )


def downgrade() -> None:
    op.drop_table("known_offsets")
