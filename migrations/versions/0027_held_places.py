"""Places nobody has confirmed are let go when registration closes; help to come is asked for by a delegation;
telephone numbers are spelled as forms and lists have come to spell them.

Whoever was promised a place “while nobody waits” keeps it: meetings that are announced hold theirs.
"""

import logging
import re

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

# Nine digits as Moroccan numbers begin, that a spreadsheet took for a sum and a plus was put before.
LOST_ZERO = re.compile(r"\+([5-8]\d{8})")
LIVE = "state not in ('cancelled', 'lapsed', 'repeated') and email is null"

log = logging.getLogger("alembic.runtime.migration")


def upgrade() -> None:
    op.add_column(
        "meetings", sa.Column("keeps_unconfirmed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(sa.text("update meetings set keeps_unconfirmed = true where announced_at is not null"))
    with op.batch_alter_table("support_requests") as requests:
        requests.add_column(sa.Column("delegation_id", sa.Integer(), nullable=True))
        requests.create_foreign_key(
            "fk_support_requests_delegation_id",
            "delegations",
            ["delegation_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index("ix_support_requests_delegation_id", "support_requests", ["delegation_id"])
    _spell_numbers(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_support_requests_delegation_id", "support_requests")
    with op.batch_alter_table("support_requests") as requests:
        requests.drop_constraint("fk_support_requests_delegation_id", type_="foreignkey")
        requests.drop_column("delegation_id")
    op.drop_column("meetings", "keeps_unconfirmed")


def _spell_numbers(connection: sa.Connection) -> None:
    """One number, one spelling. Two live registrations of one meeting that are then the same number, neither
    with an address, stay as they are: which of them counts is for people to say.
    """
    rows = connection.execute(
        sa.text("select id, meeting_id, phone, folded from registrations where phone like '+________%'")
    )
    wrong = [row for row in rows if LOST_ZERO.fullmatch(row.phone)]
    left = 0
    for row in wrong:
        number = LOST_ZERO.sub(r"+212\1", row.phone)
        values = {"id": row.id, "number": number, "meeting": row.meeting_id}
        folded = row.folded.replace(row.phone.removeprefix("+"), number.removeprefix("+"))
        clash = sa.text(
            f"select 1 from registrations where meeting_id = :meeting and phone = :number and {LIVE}"
            f" and exists (select 1 from registrations where id = :id and {LIVE})"
        )
        if connection.scalar(clash, values):
            left += 1
            continue
        spelled = sa.text("update registrations set phone = :number, folded = :folded where id = :id")
        connection.execute(spelled, values | {"folded": folded})
    if wrong:
        log.info("Telephone numbers: %s of Morocco spelled anew", len(wrong) - left)
    if left:
        log.warning(
            "Telephone numbers: %s left as they are, the same number is registered at the meeting already",
            left,
        )
