"""how many readers a refusal takes"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("cycles", sa.Column("readers_to_refuse", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("cycles", "readers_to_refuse")
