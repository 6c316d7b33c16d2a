"""A screening can be reopened: its readings are set aside; readers read without knowing the first verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("cycles", sa.Column("reads_blind", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("readings", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_screenings_decided", "screenings", ["decided_at", "idea_id"])


def downgrade() -> None:
    op.drop_index("ix_screenings_decided", "screenings")
    op.drop_column("readings", "set_aside_at")
    op.drop_column("cycles", "reads_blind")
