"""What was said of a spreadsheet that waits for its import is remembered with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    guidance = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("kept_sheets", sa.Column("guidance", guidance, nullable=True))


def downgrade() -> None:
    op.drop_column("kept_sheets", "guidance")
