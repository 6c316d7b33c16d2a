"""Since when an idea is being judged: its author can no longer reword it

Revision ID: 0004_backing
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_backing"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ideas", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("ideas", "read_at")
