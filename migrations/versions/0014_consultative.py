"""Consultative bodies of the directory can be picked to be invited, as councils can."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column(
        "institutions", sa.Column("is_consultative", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("ALTER TABLE meeting_invitations RENAME COLUMN territory TO listed_as")


def downgrade() -> None:
    op.execute("UPDATE meeting_invitations SET listed_as = NULL WHERE kind = 'body'")
    op.execute("ALTER TABLE meeting_invitations RENAME COLUMN listed_as TO territory")
    op.drop_column("institutions", "is_consultative")
