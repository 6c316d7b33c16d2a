"""the spine"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "cycles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_cycles_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("code", name=op.f("uq_cycles_code")),
    )
    op.create_table(
        "institutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutions")),
        sa.UniqueConstraint("slug", name=op.f("uq_institutions_slug")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("context", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_last_used", sa.Integer(), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    op.create_table(
        "register",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_register")),
        sa.UniqueConstraint("hash", name=op.f("uq_register_hash")),
    )
    op.create_table(
        "register_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_head")),
    )
    op.create_table(
        "associations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("acronym", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("legal_number", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("domains", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint("(refused_at is null) = (refusal is null)", name=op.f("ck_associations_reasoned")),
        sa.CheckConstraint(
            "verified_at is null or refused_at is null", name=op.f("ck_associations_one_decision")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_associations_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_associations")),
        sa.UniqueConstraint("legal_number", name=op.f("uq_associations_legal_number")),
        sa.UniqueConstraint("once", name=op.f("uq_associations_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_associations_receipt")),
    )
    op.create_index("ix_associations_by_age", "associations", ["declared_at", "id"], unique=False)
    op.create_index("ix_associations_by_name", "associations", ["folded", "id"], unique=False)
    op.create_index(op.f("ix_associations_region_code"), "associations", ["region_code"], unique=False)
    op.create_table(
        "axes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_axes_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_axes")),
    )
    op.create_index(op.f("ix_axes_cycle_id"), "axes", ["cycle_id"], unique=False)
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_batches_cycle_id")),
        sa.ForeignKeyConstraint(["published_by"], ["people.id"], name=op.f("fk_batches_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index(op.f("ix_batches_cycle_id"), "batches", ["cycle_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "secretariat",
                "coordinator",
                "facilitator",
                "focal_point",
                "committee_member",
                "project_lead",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_grants_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("person_id", "role", "scope_id", name=op.f("uq_grants_person_id_role_scope_id")),
    )
    op.create_index(op.f("ix_grants_person_id"), "grants", ["person_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "door", sa.Enum("password", "sign_in", name="door", native_enum=False, length=40), nullable=False
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitations_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"], unique=False)
    op.create_table(
        "phase_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preparation",
                "meetings",
                "intake",
                "screening",
                "study",
                "drafting",
                "consultation",
                "adoption",
                "fates",
                "implementation",
                "evaluation",
                name="phase",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_phase_periods_period")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_phase_periods_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_periods")),
        sa.UniqueConstraint("cycle_id", "phase", name=op.f("uq_phase_periods_cycle_id_phase")),
    )
    op.create_table(
        "provinces",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_provinces_region_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_provinces")),
    )
    op.create_index(op.f("ix_provinces_region_code"), "provinces", ["region_code"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_ins_digest")),
    )
    op.create_index(op.f("ix_sign_ins_person_id"), "sign_ins", ["person_id"], unique=False)
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_themes_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
    )
    op.create_index(op.f("ix_themes_cycle_id"), "themes", ["cycle_id"], unique=False)
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("axis_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("problem", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("solution", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "expected_result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["axis_id"], ["axes.id"], name=op.f("fk_commitments_axis_id")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_commitments_cycle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_commitments_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_commitments_cycle_id_number")),
    )
    op.create_index(op.f("ix_commitments_axis_id"), "commitments", ["axis_id"], unique=False)
    op.create_index(op.f("ix_commitments_institution_id"), "commitments", ["institution_id"], unique=False)
    op.create_table(
        "communes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["provinces.code"], name=op.f("fk_communes_province_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_communes")),
    )
    op.create_index(op.f("ix_communes_province_code"), "communes", ["province_code"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("city", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("venue", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("partners", sa.String(), nullable=True),
        sa.Column("coordinating_association_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("statistics_published", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("places > 0", name=op.f("ck_meetings_places")),
        sa.CheckConstraint("registration_opens_at < registration_closes_at", name=op.f("ck_meetings_window")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_meetings_hours")),
        sa.ForeignKeyConstraint(
            ["coordinating_association_id"],
            ["associations.id"],
            name=op.f("fk_meetings_coordinating_association_id"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_meetings_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("reference", name=op.f("uq_meetings_reference")),
    )
    op.create_index(op.f("ix_meetings_cycle_id"), "meetings", ["cycle_id"], unique=False)
    op.create_index(op.f("ix_meetings_starts_at"), "meetings", ["starts_at"], unique=False)
    op.create_table(
        "meeting_regions",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_regions_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_meeting_regions_region_code")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "region_code", name=op.f("pk_meeting_regions")),
    )
    op.create_table(
        "programme_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("speaker", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_programme_items_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_items")),
    )
    op.create_index(op.f("ix_programme_items_meeting_id"), "programme_items", ["meeting_id"], unique=False)
    op.create_table(
        "workshops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_workshops_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_workshops_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshops")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_workshops_meeting_id_number")),
    )
    op.create_table(
        "output_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("problem", "solution", "result", name="linekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshops.id"], name=op.f("fk_output_lines_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output_lines")),
        sa.UniqueConstraint("once", name=op.f("uq_output_lines_once")),
        sa.UniqueConstraint(
            "workshop_id", "kind", "number", name=op.f("uq_output_lines_workshop_id_kind_number")
        ),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed", "waiting", "cancelled", name="registrationstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("association", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "association",
                "public_sector",
                "researcher",
                "citizen",
                "journalist",
                "expert",
                "not_stated",
                name="capacity",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email is not null or phone is not null", name=op.f("ck_registrations_reachable")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_registrations_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshops.id"], name=op.f("fk_registrations_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("once", name=op.f("uq_registrations_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_registrations_receipt")),
    )
    op.create_index(op.f("ix_registrations_email"), "registrations", ["email"], unique=False)
    op.create_index(
        "ix_registrations_meeting_state", "registrations", ["meeting_id", "state", "id"], unique=False
    )
    op.create_index(
        "uq_registrations_email",
        "registrations",
        ["meeting_id", "email"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index(
        "uq_registrations_phone",
        "registrations",
        ["meeting_id", "phone"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "demographics",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "age_bracket",
            sa.Enum(
                "18-30",
                "30-40",
                "40-50",
                "50-60",
                "60+",
                "not_stated",
                name="agebracket",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "gender",
            sa.Enum("female", "male", "not_stated", name="gender", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_demographics_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_demographics")),
    )
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("online", "workshop", "paper", "email", name="origin", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "received",
                "accepted",
                "screened_out",
                "referred",
                "answered",
                "published",
                "withdrawn",
                name="ideastate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("expected_result", sa.Text(), nullable=True),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("source_line_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "fate",
            sa.Enum(
                "included",
                "partly_included",
                "merged",
                "already_under_way",
                "deferred",
                "transferred",
                "not_included",
                "not_accepted",
                "withdrawn",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "not_clear",
                "not_precise",
                "not_openness",
                "fits_the_plan",
                "fits_in_part",
                "same_as_another",
                "in_progress",
                "lacks_time",
                "lacks_budget",
                "needs_a_law",
                "other_remit",
                "not_feasible",
                "author_withdrew",
                name="reason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("fate_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(fate is null) = (state not in ('published', 'withdrawn')) and (fate is null or (reason is not null and reason_text is not null and fate_at is not null))",
            name=op.f("ck_ideas_fate_with_reason"),
        ),
        sa.CheckConstraint("(number is null) = (state = 'unconfirmed')", name=op.f("ck_ideas_numbered")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitments.id"], name=op.f("fk_ideas_commitment_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_ideas_cycle_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_ideas_institution_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_ideas_region_code")),
        sa.ForeignKeyConstraint(
            ["source_line_id"], ["output_lines.id"], name=op.f("fk_ideas_source_line_id")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_ideas_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_ideas_cycle_id_number")),
        sa.UniqueConstraint("once", name=op.f("uq_ideas_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_ideas_receipt")),
        sa.UniqueConstraint("reference", name=op.f("uq_ideas_reference")),
        sa.UniqueConstraint("source_line_id", name=op.f("uq_ideas_source_line_id")),
    )
    op.create_index(op.f("ix_ideas_commitment_id"), "ideas", ["commitment_id"], unique=False)
    op.create_index("ix_ideas_cycle_recent", "ideas", ["cycle_id", "received_at", "id"], unique=False)
    op.create_index(op.f("ix_ideas_fate"), "ideas", ["fate"], unique=False)
    op.create_index(op.f("ix_ideas_institution_id"), "ideas", ["institution_id"], unique=False)
    op.create_index("ix_ideas_recent", "ideas", ["received_at", "id"], unique=False)
    op.create_index(op.f("ix_ideas_region_code"), "ideas", ["region_code"], unique=False)
    op.create_index("ix_ideas_state", "ideas", ["state", "received_at", "id"], unique=False)
    op.create_index(op.f("ix_ideas_theme_id"), "ideas", ["theme_id"], unique=False)
    op.create_table(
        "line_links",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"], ["output_lines.id"], name=op.f("fk_line_links_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["output_lines.id"], name=op.f("fk_line_links_to_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", name=op.f("pk_line_links")),
    )
    op.create_index(op.f("ix_line_links_to_id"), "line_links", ["to_id"], unique=False)
    op.create_table(
        "authors",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("person", "association", name="authorkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_authors_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_authors")),
    )
    op.create_index(op.f("ix_authors_email"), "authors", ["email"], unique=False)
    op.create_table(
        "fate_drafts",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "included",
                "partly_included",
                "merged",
                "already_under_way",
                "deferred",
                "transferred",
                "not_included",
                "not_accepted",
                "withdrawn",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "not_clear",
                "not_precise",
                "not_openness",
                "fits_the_plan",
                "fits_in_part",
                "same_as_another",
                "in_progress",
                "lacks_time",
                "lacks_budget",
                "needs_a_law",
                "other_remit",
                "not_feasible",
                "author_withdrew",
                name="reason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_fate_drafts_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_fate_drafts_commitment_id")
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_fate_drafts_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_fate_drafts_institution_id")
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_fate_drafts")),
    )
    op.create_index(op.f("ix_fate_drafts_batch_id"), "fate_drafts", ["batch_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("referred_by", sa.Integer(), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "included",
                "partly_included",
                "merged",
                "already_under_way",
                "deferred",
                "transferred",
                "not_included",
                "not_accepted",
                "withdrawn",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "not_clear",
                "not_precise",
                "not_openness",
                "fits_the_plan",
                "fits_in_part",
                "same_as_another",
                "in_progress",
                "lacks_time",
                "lacks_budget",
                "needs_a_law",
                "other_remit",
                "not_feasible",
                "author_withdrew",
                name="reason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer is null) = (answered_at is null)", name=op.f("ck_referrals_answered")),
        sa.CheckConstraint(
            "answer is null or (reason is not null and reason_text is not null)",
            name=op.f("ck_referrals_reasoned"),
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_referrals_answered_by")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_referrals_commitment_id")
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_referrals_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_referrals_institution_id")
        ),
        sa.ForeignKeyConstraint(["referred_by"], ["people.id"], name=op.f("fk_referrals_referred_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("idea_id", "institution_id", name=op.f("uq_referrals_idea_id_institution_id")),
    )
    op.create_index(
        "ix_referrals_bundle", "referrals", ["institution_id", "answered_at", "due_on", "id"], unique=False
    )
    op.create_table(
        "screenings",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("is_clear", sa.Boolean(), nullable=False),
        sa.Column("is_precise", sa.Boolean(), nullable=False),
        sa.Column("is_about_openness", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "not_clear",
                "not_precise",
                "not_openness",
                "fits_the_plan",
                "fits_in_part",
                "same_as_another",
                "in_progress",
                "lacks_time",
                "lacks_budget",
                "needs_a_law",
                "other_remit",
                "not_feasible",
                "author_withdrew",
                name="reason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "accepted or (reason is not null and reason_text is not null)",
            name=op.f("ck_screenings_reasoned"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_screenings_decided_by")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_screenings_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_screenings")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "screened",
                "referred",
                "answered",
                "fate",
                "withdrawn",
                name="stepkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "not_clear",
                "not_precise",
                "not_openness",
                "fits_the_plan",
                "fits_in_part",
                "same_as_another",
                "in_progress",
                "lacks_time",
                "lacks_budget",
                "needs_a_law",
                "other_remit",
                "not_feasible",
                "author_withdrew",
                name="reason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_steps_idea_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_steps_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    op.create_index(op.f("ix_steps_idea_id"), "steps", ["idea_id"], unique=False)
    op.create_index("ix_steps_institution_idea", "steps", ["institution_id", "idea_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_steps_institution_idea", table_name="steps")
    op.drop_index(op.f("ix_steps_idea_id"), table_name="steps")
    op.drop_table("steps")
    op.drop_table("screenings")
    op.drop_index("ix_referrals_bundle", table_name="referrals")
    op.drop_table("referrals")
    op.drop_index(op.f("ix_fate_drafts_batch_id"), table_name="fate_drafts")
    op.drop_table("fate_drafts")
    op.drop_index(op.f("ix_authors_email"), table_name="authors")
    op.drop_table("authors")
    op.drop_index(op.f("ix_line_links_to_id"), table_name="line_links")
    op.drop_table("line_links")
    op.drop_index(op.f("ix_ideas_theme_id"), table_name="ideas")
    op.drop_index("ix_ideas_state", table_name="ideas")
    op.drop_index(op.f("ix_ideas_region_code"), table_name="ideas")
    op.drop_index("ix_ideas_recent", table_name="ideas")
    op.drop_index(op.f("ix_ideas_institution_id"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_fate"), table_name="ideas")
    op.drop_index("ix_ideas_cycle_recent", table_name="ideas")
    op.drop_index(op.f("ix_ideas_commitment_id"), table_name="ideas")
    op.drop_table("ideas")
    op.drop_table("demographics")
    op.drop_index(
        "uq_registrations_phone",
        table_name="registrations",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index(
        "uq_registrations_email",
        table_name="registrations",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index("ix_registrations_meeting_state", table_name="registrations")
    op.drop_index(op.f("ix_registrations_email"), table_name="registrations")
    op.drop_table("registrations")
    op.drop_table("output_lines")
    op.drop_table("workshops")
    op.drop_index(op.f("ix_programme_items_meeting_id"), table_name="programme_items")
    op.drop_table("programme_items")
    op.drop_table("meeting_regions")
    op.drop_index(op.f("ix_meetings_starts_at"), table_name="meetings")
    op.drop_index(op.f("ix_meetings_cycle_id"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_index(op.f("ix_communes_province_code"), table_name="communes")
    op.drop_table("communes")
    op.drop_index(op.f("ix_commitments_institution_id"), table_name="commitments")
    op.drop_index(op.f("ix_commitments_axis_id"), table_name="commitments")
    op.drop_table("commitments")
    op.drop_index(op.f("ix_themes_cycle_id"), table_name="themes")
    op.drop_table("themes")
    op.drop_index(op.f("ix_sign_ins_person_id"), table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_index(op.f("ix_provinces_region_code"), table_name="provinces")
    op.drop_table("provinces")
    op.drop_table("phase_periods")
    op.drop_index(op.f("ix_invitations_person_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_grants_person_id"), table_name="grants")
    op.drop_table("grants")
    op.drop_index(op.f("ix_batches_cycle_id"), table_name="batches")
    op.drop_table("batches")
    op.drop_index(op.f("ix_axes_cycle_id"), table_name="axes")
    op.drop_table("axes")
    op.drop_index(op.f("ix_associations_region_code"), table_name="associations")
    op.drop_index("ix_associations_by_name", table_name="associations")
    op.drop_index("ix_associations_by_age", table_name="associations")
    op.drop_table("associations")
    op.drop_table("register_head")
    op.drop_table("register")
    op.drop_table("regions")
    op.drop_table("people")
    op.drop_index(op.f("ix_outbox_due_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("institutions")
    op.drop_table("cycles")
    op.drop_index(op.f("ix_audit_subject"), table_name="audit")
    op.drop_index(op.f("ix_audit_at"), table_name="audit")
    op.drop_table("audit")
