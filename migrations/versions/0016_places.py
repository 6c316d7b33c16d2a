"""An address is confirmed by its link; how telephone numbers count; many unconfirmed at once."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

MOMENT = sa.DateTime(timezone=True)
BEFORE = "state not in ('cancelled', 'lapsed')"
LIVE = "state not in ('cancelled', 'lapsed', 'repeated')"
ADDED = (
    "burst_id",
    "network",
    "shown_as",
    "reminded_at",
    "yields_at",
    "confirmed_by",
    "address_confirmed_at",
)


def _choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "bursts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(), nullable=True),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_bursts_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["taken_back_by"], ["people.id"], name=op.f("fk_bursts_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bursts")),
    )
    op.create_index("ix_bursts_meeting", "bursts", ["meeting_id", "last_at"])
    op.create_table(
        "address_links",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_address_links_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_address_links")),
    )
    op.create_index(op.f("ix_address_links_registration_id"), "address_links", ["registration_id"])
    op.add_column("meetings", sa.Column("confirm_hours", sa.Integer(), nullable=False, server_default="24"))
    kind = _choice("counted", "called", "refused", name="byphone")
    op.add_column("meetings", sa.Column("by_phone", kind, nullable=False, server_default="counted"))
    op.add_column("meetings", sa.Column("phone_places", sa.Integer(), nullable=False, server_default="5"))
    for name in ("email", "phone"):
        op.drop_index(f"uq_registrations_{name}", table_name="registrations")
    op.drop_index("ix_registrations_queue", table_name="registrations")
    with op.batch_alter_table("registrations") as batch:
        for name in ("address_confirmed_at", "yields_at", "reminded_at"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
        how = _choice("link", "call", "staff", "rule", name="confirmation")
        batch.add_column(sa.Column("confirmed_by", how, nullable=True))
        batch.add_column(sa.Column("shown_as", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("network", sa.String(), nullable=True))
        batch.add_column(sa.Column("burst_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_registrations_burst_id"), "bursts", ["burst_id"], ["id"], ondelete="SET NULL"
        )
    # Who registered before there was a link to open has a place that was promised: it counts.
    op.execute("UPDATE registrations SET address_confirmed_at = registered_at, confirmed_by = 'staff'")
    op.execute("UPDATE registrations SET confirmed_by = 'link' WHERE entry = 'web' AND email IS NOT NULL")
    _unique("email", LIVE)
    _unique("phone", f"{LIVE} and email is null")
    in_line = sa.text("address_confirmed_at is not null")
    queue = ["meeting_id", "state", "queued_at", "id"]
    where = {"sqlite_where": in_line, "postgresql_where": in_line}
    op.create_index("ix_registrations_queue", "registrations", queue, **where)
    op.create_index("ix_registrations_yields_at", "registrations", ["state", "yields_at"])
    op.create_index("ix_registrations_network", "registrations", ["network", "registered_at"])
    op.create_index(op.f("ix_registrations_burst_id"), "registrations", ["burst_id"])


def downgrade() -> None:
    """The older version knows no repeated registrations, and one number for each: the later ones lose it."""
    repeated = "select id from registrations where state = 'repeated'"
    for table in ("demographics", "needs", "workshop_wishes", "meeting_replies", "registration_moves"):
        op.execute(f"delete from {table} where registration_id in ({repeated})")
    op.execute("delete from registrations where state = 'repeated'")
    for name in ("burst_id", "network", "yields_at", "queue"):
        op.drop_index(f"ix_registrations_{name}", table_name="registrations")
    for name in ("email", "phone"):
        op.drop_index(f"uq_registrations_{name}", table_name="registrations")
    op.execute(
        f"update registrations set phone = null where phone is not null and {BEFORE} and exists (select 1"
        " from registrations as other where other.meeting_id = registrations.meeting_id and other.phone ="
        f" registrations.phone and other.id < registrations.id and other.{BEFORE})"
    )
    with op.batch_alter_table("registrations") as batch:
        batch.drop_constraint(op.f("fk_registrations_burst_id"), type_="foreignkey")
        for name in ADDED:
            batch.drop_column(name)
    _unique("email", BEFORE)
    _unique("phone", BEFORE)
    op.create_index("ix_registrations_queue", "registrations", ["meeting_id", "state", "queued_at", "id"])
    with op.batch_alter_table("meetings") as batch:
        for name in ("phone_places", "by_phone", "confirm_hours"):
            batch.drop_column(name)
    op.drop_table("address_links")
    op.drop_table("bursts")


def _unique(way: str, live: str) -> None:
    where = {"sqlite_where": sa.text(live), "postgresql_where": sa.text(live)}
    op.create_index(f"uq_registrations_{way}", "registrations", ["meeting_id", way], unique=True, **where)
