"""those who come along with an idea; coordination meetings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def words(name: str, *, nullable: bool) -> sa.Column:
    return sa.Column(name, sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=nullable)


def upgrade() -> None:
    op.add_column(
        "backings",
        sa.Column(
            "lineage_id",
            sa.Integer(),
            sa.ForeignKey("lineages.id", name="fk_backings_lineage_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_backings_lineage_id"), "backings", ["lineage_id"])

    op.create_table(
        "coordination_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        words("title", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        words("place", nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        words("minutes", nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_coordination_meetings_period")),
        sa.CheckConstraint(
            "published_at is null or minutes is not null", name=op.f("ck_coordination_meetings_minuted")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_coordination_meetings_cycle_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_coordination_meetings_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["people.id"], name=op.f("fk_coordination_meetings_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_meetings")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_coordination_meetings_cycle_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_coordination_meetings_reference")),
    )
    op.create_index(
        "ix_coordination_meetings_recent", "coordination_meetings", ["published_at", "starts_at", "id"]
    )
    op.create_index(
        op.f("ix_coordination_meetings_institution_id"), "coordination_meetings", ["institution_id"]
    )

    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "goes_on",
                "to_include",
                "to_include_in_part",
                "to_reword",
                "more_information",
                "to_another_body",
                "not_to_include",
                name="decision",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        words("text", nullable=True),
        sa.CheckConstraint("(decision is null) = (text is null)", name=op.f("ck_agenda_items_decided")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["coordination_meetings.id"],
            name=op.f("fk_agenda_items_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_agenda_items_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("meeting_id", "idea_id", name=op.f("uq_agenda_items_meeting_id_idea_id")),
    )
    op.create_index(op.f("ix_agenda_items_idea_id"), "agenda_items", ["idea_id"])

    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("government", "civil_society", name="side", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), nullable=True),
        sa.CheckConstraint("people between 1 and 100", name=op.f("ck_attendances_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["coordination_meetings.id"],
            name=op.f("fk_attendances_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_attendances_meeting_id"), "attendances", ["meeting_id"])


def downgrade() -> None:
    op.drop_table("attendances")
    op.drop_table("agenda_items")
    op.drop_table("coordination_meetings")
    op.drop_index(op.f("ix_backings_lineage_id"), "backings")
    op.drop_column("backings", "lineage_id")
