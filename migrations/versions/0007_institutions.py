"""the institutions' room: days to answer, what a published answer shows"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("steps", sa.Column("proof_url", sa.String(), nullable=True))
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("steps", sa.Column("assessment", json, nullable=True))
    op.add_column("referrals", sa.Column("days_to_answer", sa.Integer(), nullable=True))
    _count_days()


def downgrade() -> None:
    op.drop_column("referrals", "days_to_answer")
    op.drop_column("steps", "assessment")
    op.drop_column("steps", "proof_url")


def _count_days() -> None:
    """Answers given before the days were kept: as far as can be known, the last answer is the first."""
    referrals = sa.table(
        "referrals",
        sa.column("id", sa.Integer),
        sa.column("referred_at", sa.DateTime(timezone=True)),
        sa.column("answered_at", sa.DateTime(timezone=True)),
        sa.column("days_to_answer", sa.Integer),
    )
    answered = sa.select(referrals).where(referrals.c.answered_at.is_not(None))
    connection = op.get_bind()
    for row in connection.execute(answered).all():
        days = (_day(row.answered_at) - _day(row.referred_at)).days
        this = referrals.c.id == row.id
        connection.execute(sa.update(referrals).where(this).values(days_to_answer=days))


def _day(moment: datetime) -> date:
    """SQLite keeps UTC without saying so."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(ZoneInfo("Africa/Casablanca")).date()
