"""A request for help can be changed and withdrawn, and keeps its history."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

DECIDED = op.f("ck_support_requests_decided")
STATES = ("requested", "granted", "refused", "withdrawn")
# What had happened to a request when there was no history yet: it was asked for, then perhaps answered.
ASKED = """
insert into support_moves (registration_id, at, state, nights, tickets)
select registration_id, requested_at, 'requested', nights, tickets from support_requests
order by requested_at, registration_id
"""
ANSWERED = """
insert into support_moves (registration_id, at, state, nights, tickets, "by", reason)
select registration_id, decided_at, state, coalesce(granted_nights, nights),
    coalesce(granted_tickets, tickets), decided_by, reason
from support_requests where decided_at is not null order by decided_at, registration_id
"""


def upgrade() -> None:
    op.create_table(
        "support_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state", sa.Enum(*STATES, name="supportstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_support_moves_by")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["support_requests.registration_id"],
            name=op.f("fk_support_moves_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_moves")),
    )
    op.create_index(op.f("ix_support_moves_registration_id"), "support_moves", ["registration_id"])
    op.execute(ASKED)
    op.execute(ANSWERED)
    _check("(state in ('granted', 'refused')) = (decided_at is not null)")


def downgrade() -> None:
    """The older version knows neither withdrawn requests, and counted every one there is, nor those who come by
    an invitation: who they are stays with the invitation.
    """
    invited = "select id from registrations where state = 'invited'"
    for table in ("arrivals", "registration_moves"):  # SQLite does not follow foreign keys while it migrates
        op.execute(f"delete from {table} where registration_id in ({invited})")
    op.execute("delete from registrations where state = 'invited'")
    op.drop_index(op.f("ix_support_moves_registration_id"), table_name="support_moves")
    op.drop_table("support_moves")
    withdrawn = "select registration_id from support_requests where state = 'withdrawn'"
    op.execute(f"delete from support_proofs where registration_id in ({withdrawn})")
    op.execute("delete from support_requests where state = 'withdrawn'")
    _check("(state = 'requested') = (decided_at is null)")


def _check(decided: str) -> None:
    with op.batch_alter_table("support_requests") as batch:  # SQLite makes the table anew
        batch.drop_constraint(DECIDED, type_="check")
        batch.create_check_constraint(DECIDED, decided)
