"""Publishing tells people who were imported from a list only if somebody says so."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    column = sa.Column("tells_imported", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("batches", column)
    # Publications that were asked for under the rule of before keep their word.
    op.execute("update batches set tells_imported = true where publishing_at is not null")


def downgrade() -> None:
    op.drop_column("batches", "tells_imported")
