"""Mails are leased, ordered by urgency and fail for a while; the worker says that it is there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

WAITS = sa.text("sent_at IS NULL AND failed_at IS NULL")
FAILED = sa.text("failed_at IS NOT NULL")
SENT = sa.text("sent_at IS NOT NULL")
INDEXES = (
    ("ix_outbox_waiting", ["urgency", "due_at", "id"], WAITS),
    ("ix_outbox_failed", ["failed_at", "id"], FAILED),
    ("ix_outbox_sent", ["sent_at"], SENT),
)
AWAITED = ("accounts/%", "ideas/confirm", "ideas/received", "ideas/back", "ideas/draft")
GIVEN_UP = 8  # tries of the version before


def upgrade() -> None:
    op.add_column("outbox", sa.Column("urgency", sa.SmallInteger(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("repeats", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    # What was given up in silence is shown from now on, and can be sent again by whoever sees it.
    op.execute(
        "UPDATE outbox SET failed_at = CURRENT_TIMESTAMP, failure = coalesce(failure, '') "
        f"WHERE sent_at IS NULL AND tries >= {GIVEN_UP}"
    )
    for template in AWAITED:
        op.execute(f"UPDATE outbox SET urgency = 0 WHERE sent_at IS NULL AND template LIKE '{template}'")
    op.drop_index(op.f("ix_outbox_due_at"), table_name="outbox")
    for name, columns, which in INDEXES:
        op.create_index(name, "outbox", columns, sqlite_where=which, postgresql_where=which)
    op.create_table(
        "pulses",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("away_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulses")),
    )


def downgrade() -> None:
    op.drop_table("pulses")
    for name, _columns, _which in INDEXES:
        op.drop_index(name, table_name="outbox")
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"], unique=False)
    op.execute(f"UPDATE outbox SET tries = {GIVEN_UP} WHERE failed_at IS NOT NULL")
    for name in ("failed_at", "leased_until", "repeats", "urgency"):
        op.drop_column("outbox", name)
