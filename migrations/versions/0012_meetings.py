"""Meetings from their planning to their statistics: everything beside the registration itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

WORDS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LIVE = {
    "0011": sa.text("state <> 'cancelled'"),
    "0012": sa.text("state not in ('cancelled', 'lapsed')"),
}
NEW = (
    "support_proofs",
    "workshop_wishes",
    "support_requests",
    "registration_moves",
    "needs",
    "meeting_replies",
    "arrivals",
    "support_offers",
    "support_criteria",
    "rooms",
    "quotas",
    "photos",
    "outreach",
    "meeting_tasks",
    "meeting_questions",
    "meeting_organisers",
    "meeting_notices",
    "meeting_invitations",
    "meeting_committee",
    "delegations",
    "meeting_rules",
)


def upgrade() -> None:
    op.create_table(
        "meeting_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announce_before", "window", "close_before", name="rulekind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_meeting_rules_days")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_meeting_rules_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_rules")),
        sa.UniqueConstraint("cycle_id", "kind", name=op.f("uq_meeting_rules_cycle_id_kind")),
    )
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("association", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_delegations_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
        sa.UniqueConstraint("once", name=op.f("uq_delegations_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_delegations_receipt")),
    )
    op.create_index(op.f("ix_delegations_meeting_id"), "delegations", ["meeting_id"])

    op.create_table(
        "meeting_committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_committee_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_committee")),
    )
    op.create_index(op.f("ix_meeting_committee_meeting_id"), "meeting_committee", ["meeting_id"])

    op.create_table(
        "meeting_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "region",
                "province",
                "commune",
                "body",
                "speaker",
                "expert",
                name="invited",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "ready",
                "sent",
                "accepted",
                "declined",
                "delegated",
                "refused",
                name="invitationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("validated_by", sa.Integer(), nullable=True),
        sa.Column("validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("delegate", sa.String(), nullable=True),
        sa.Column("delegate_email", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal is not null)", name=op.f("ck_meeting_invitations_reasoned")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_meeting_invitations_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("fk_meeting_invitations_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["validated_by"], ["people.id"], name=op.f("fk_meeting_invitations_validated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_invitations")),
        sa.UniqueConstraint("receipt", name=op.f("uq_meeting_invitations_receipt")),
    )
    op.create_index("ix_meeting_invitations_meeting", "meeting_invitations", ["meeting_id", "state", "id"])

    op.create_table(
        "meeting_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("options", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name=op.f("fk_meeting_notices_begun_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_notices_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notices")),
        sa.UniqueConstraint("meeting_id", "event", name=op.f("uq_meeting_notices_meeting_id_event")),
    )
    op.create_table(
        "meeting_organisers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "secretariat", "association", "partner", name="organiserkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", WORDS, nullable=True),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "name is not null or association_id is not null", name=op.f("ck_meeting_organisers_named")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_meeting_organisers_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_organisers_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_organisers")),
    )
    op.create_index(op.f("ix_meeting_organisers_meeting_id"), "meeting_organisers", ["meeting_id"])

    op.create_table(
        "meeting_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "asks",
            sa.Enum("text", "one", "several", "yes_no", name="asks", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("options", WORDS, nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_questions_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_questions")),
    )
    op.create_index(op.f("ix_meeting_questions_meeting_id"), "meeting_questions", ["meeting_id"])

    op.create_table(
        "meeting_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announce",
                "invite",
                "open",
                "seats",
                "close",
                "confirm",
                "remind_week",
                "print",
                "remind_day",
                "thank",
                "own",
                name="taskkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_meeting_tasks_done_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_tasks_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_tasks")),
    )
    op.create_index("ix_meeting_tasks_due", "meeting_tasks", ["meeting_id", "due_on", "id"])

    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail",
                "phone",
                "social",
                "press",
                "poster",
                "network",
                "official",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_outreach_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name=op.f("fk_outreach_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    op.create_index(op.f("ix_outreach_meeting_id"), "outreach", ["meeting_id"])

    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("alt", WORDS, nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_photos_added_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_photos_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_meeting_id"), "photos", ["meeting_id"])

    op.create_table(
        "quotas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("women", "youth", "disability", "rural", name="quotakind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("release_on", sa.Date(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_quotas_places")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_quotas_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        sa.UniqueConstraint("meeting_id", "kind", name=op.f("uq_quotas_meeting_id_kind")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("equipment", sa.Text(), nullable=True),
        sa.CheckConstraint("seats is null or seats > 0", name=op.f("ck_rooms_seats")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_rooms_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
    )
    op.create_index(op.f("ix_rooms_meeting_id"), "rooms", ["meeting_id"])

    op.create_table(
        "support_criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "distance",
                "rural",
                "student",
                "disability",
                "no_funds",
                "first_time",
                name="measure",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_support_criteria_weight")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_support_criteria_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_criteria")),
        sa.UniqueConstraint("meeting_id", "measure", name=op.f("uq_support_criteria_meeting_id_measure")),
    )
    op.create_table(
        "support_offers",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("explained", WORDS, nullable=True),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("night_cost", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("ticket_cost", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.CheckConstraint("nights >= 0 and tickets >= 0", name=op.f("ck_support_offers_lines")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_support_offers_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["provinces.code"], name=op.f("fk_support_offers_province_code")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_support_offers")),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column(
            "how",
            sa.Enum("code", "name", "walk_in", "paper", name="how", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_arrivals_by")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_arrivals_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_registration_id"), "arrivals", ["registration_id"])

    op.create_table(
        "meeting_replies",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["meeting_questions.id"],
            name=op.f("fk_meeting_replies_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_meeting_replies_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "question_id", name=op.f("pk_meeting_replies")),
    )
    op.create_index(op.f("ix_meeting_replies_question_id"), "meeting_replies", ["question_id"])

    op.create_table(
        "needs",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("access", WORDS, nullable=False),
        sa.Column(
            "meal",
            sa.Enum(
                "any",
                "vegetarian",
                "diabetic",
                "gluten_free",
                "none",
                name="meal",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_needs_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_needs")),
    )
    op.create_table(
        "registration_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed",
                "offered",
                "waiting",
                "lapsed",
                "declined",
                "cancelled",
                name="registrationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_registration_moves_by")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_registration_moves_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name=op.f("fk_registration_moves_workshop_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_moves")),
    )
    op.create_index(op.f("ix_registration_moves_registration_id"), "registration_moves", ["registration_id"])

    op.create_table(
        "support_requests",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("facts", WORDS, nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("requested", "granted", "refused", name="supportstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("granted_nights", sa.Integer(), nullable=True),
        sa.Column("granted_tickets", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'requested') = (decided_at is null)", name=op.f("ck_support_requests_decided")
        ),
        sa.CheckConstraint("nights + tickets > 0", name=op.f("ck_support_requests_asks")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_support_requests_decided_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_support_requests_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["provinces.code"], name=op.f("fk_support_requests_province_code")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_support_requests_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_support_requests")),
    )
    op.create_index(op.f("ix_support_requests_meeting_id"), "support_requests", ["meeting_id"])

    op.create_table(
        "workshop_wishes",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_workshop_wishes_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_workshop_wishes_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", "rank", name=op.f("pk_workshop_wishes")),
    )
    op.create_index(op.f("ix_workshop_wishes_workshop_id"), "workshop_wishes", ["workshop_id"])

    op.create_table(
        "support_proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["support_requests.registration_id"],
            name=op.f("fk_support_proofs_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_proofs")),
    )
    op.create_index(op.f("ix_support_proofs_registration_id"), "support_proofs", ["registration_id"])
    _add("demographics", "province_code", sa.String(), references="provinces.code")
    _add("demographics", "domain", _choice("domain", DOMAINS))
    _add("meetings", "attendance", _choice("attendance", ATTENDANCE), default="in_person")
    for name in ("how_to_come", "meals", "themes_reason"):
        _add("meetings", name, WORDS)
    _add("meetings", "link", sa.String())
    _add("meetings", "cost_notes", sa.Text())
    _add("meetings", "most_per_association", sa.Integer())
    _add("meetings", "offer_hours", sa.Integer(), default="48")
    _add("meetings", "promoting_since", sa.DateTime(timezone=True))
    _add("workshops", "seats", sa.Integer())
    _add("workshops", "room_id", sa.Integer(), references="rooms.id", on_delete="SET NULL")
    _add("programme_items", "role", WORDS)
    _add("programme_items", "chair", WORDS)
    _add("programme_items", "workshop_id", sa.Integer(), references="workshops.id", on_delete="CASCADE")
    _add("programme_items", "room_id", sa.Integer(), references="rooms.id", on_delete="SET NULL")
    op.create_index(op.f("ix_programme_items_workshop_id"), "programme_items", ["workshop_id"])
    _drop_unique()
    _registrations_without_contact()
    _add("registrations", "association_id", sa.Integer(), references="associations.id")
    _add("registrations", "delegation_id", sa.Integer(), references="delegations.id", on_delete="SET NULL")
    _add("registrations", "claims", WORDS, default="[]")
    _add("registrations", "entry", _choice("entry", ENTRIES), default="web")
    _add("registrations", "entered_by", sa.Integer(), references="people.id")
    # Filled in for the rows there are; new ones always say it.
    _add("registrations", "queued_at", sa.DateTime(timezone=True), default="1970-01-01 00:00:00+00:00")
    op.execute("UPDATE registrations SET queued_at = registered_at")
    for name in ("answer_by", "present_at", "erased_at"):
        _add("registrations", name, sa.DateTime(timezone=True))
    _create_unique("0012")
    op.create_index("ix_registrations_answer_by", "registrations", ["state", "answer_by"])
    op.create_index(op.f("ix_registrations_delegation_id"), "registrations", ["delegation_id"])
    op.create_index("ix_registrations_queue", "registrations", ["meeting_id", "state", "queued_at", "id"])


def downgrade() -> None:
    for name in ("queue", "delegation_id", "answer_by"):
        op.drop_index(f"ix_registrations_{name}", table_name="registrations")
    _drop_unique()
    added = ("erased_at", "present_at", "answer_by", "queued_at", "entered_by", "entry", "claims")
    _drop("registrations", *added, "delegation_id", "association_id")
    # What came before cannot hold somebody without an address and a number: walk-ins, and who is erased.
    op.execute("DELETE FROM registrations WHERE email IS NULL AND phone IS NULL")
    with op.batch_alter_table("registrations") as batch:
        batch.create_check_constraint(
            op.f("ck_registrations_reachable"), "email is not null or phone is not null"
        )
    _create_unique("0011")
    op.drop_index("ix_programme_items_workshop_id", table_name="programme_items")
    _drop("programme_items", "room_id", "workshop_id", "chair", "role")
    _drop("workshops", "room_id", "seats")
    words = ("how_to_come", "meals", "themes_reason")
    _drop(
        "meetings",
        "promoting_since",
        "offer_hours",
        "most_per_association",
        "cost_notes",
        "link",
        *words,
        "attendance",
    )
    _drop("demographics", "domain", "province_code")
    for name in NEW:
        op.drop_table(name)


def _registrations_without_contact() -> None:
    """Somebody registered on the day may have neither address nor telephone."""
    with op.batch_alter_table("registrations") as batch:  # SQLite makes the table anew
        batch.drop_constraint(op.f("ck_registrations_reachable"), type_="check")


def _drop_unique() -> None:
    for way in ("email", "phone"):
        op.drop_index(f"uq_registrations_{way}", table_name="registrations")


def _create_unique(at: str) -> None:
    for way in ("email", "phone"):
        live = {"sqlite_where": LIVE[at], "postgresql_where": LIVE[at]}
        op.create_index(f"uq_registrations_{way}", "registrations", ["meeting_id", way], unique=True, **live)


def _add(
    table: str,
    name: str,
    kind: sa.types.TypeEngine,
    *,
    references: str = "",
    on_delete: str | None = None,
    default: str | None = None,
) -> None:
    keys = [sa.ForeignKey(references, name=f"fk_{table}_{name}", ondelete=on_delete)] if references else []
    column = sa.Column(name, kind, *keys, nullable=default is None, server_default=default)
    if on_delete and op.get_bind().dialect.name == "sqlite":
        # ON DELETE is lost on the way when SQLite adds a column, so the table is made anew.
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(column)
    else:
        op.add_column(table, column, inline_references=bool(references))


def _drop(table: str, *names: str) -> None:
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.drop_column(name)


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


ATTENDANCE = ("in_person", "remote", "hybrid")
ENTRIES = ("web", "delegation", "phone", "paper", "walk_in", "import")
DOMAINS = (
    "governance",
    "rights",
    "women",
    "youth",
    "disability",
    "environment",
    "local_development",
    "education",
    "health",
    "digital",
    "economy",
)
