"""The adopted plan as it is carried out: activities, periods, reports, evidence, figures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0037"


def upgrade() -> None:
    words = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    facts = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "progress_marks",
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("evidenced", sa.Integer(), nullable=True),
        sa.Column("former_declared", sa.Integer(), nullable=True),
        sa.Column("former_evidenced", sa.Integer(), nullable=True),
        sa.Column("declared_sum", sa.Integer(), nullable=True),
        sa.Column("evidenced_sum", sa.Integer(), nullable=True),
        sa.Column("weight_sum", sa.Integer(), nullable=True),
        sa.Column("is_published", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_progress_marks_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scope", "scope_id", "on", name=op.f("pk_progress_marks")),
    )
    op.create_index("ix_progress_marks_cycle_id_scope_on", "progress_marks", ["cycle_id", "scope", "on"])
    op.create_table(
        "reporting_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", words, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.CheckConstraint(
            "ends_on <= due_on AND due_on <= closes_on", name=op.f("ck_reporting_periods_due")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_reporting_periods_period")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_reporting_periods_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_periods")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_reporting_periods_cycle_id_number")),
    )
    op.create_table(
        "tracked_plans",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("weights_due_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("bands", facts, nullable=False),
        sa.Column("source", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_tracked_plans_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_tracked_plans")),
    )
    op.create_table(
        "tracked_commitments",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("is_original", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("frozen_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_tracked_commitments_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_tracked_commitments_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commitment_id", name=op.f("pk_tracked_commitments")),
    )
    op.create_index(op.f("ix_tracked_commitments_cycle_id"), "tracked_commitments", ["cycle_id"])
    op.create_table(
        "indicator_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measured_by", sa.Integer(), nullable=True),
        sa.Column("measured_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["tracked_commitments.commitment_id"],
            name=op.f("fk_indicator_values_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["measured_by"], ["people.id"], name=op.f("fk_indicator_values_measured_by")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_indicator_values_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["document_sections.id"],
            name=op.f("fk_indicator_values_section_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
        sa.UniqueConstraint(
            "section_id",
            "period_id",
            "revision",
            name=op.f("uq_indicator_values_section_id_period_id_revision"),
        ),
    )
    op.create_index(op.f("ix_indicator_values_commitment_id"), "indicator_values", ["commitment_id"])
    op.create_index(op.f("ix_indicator_values_period_id"), "indicator_values", ["period_id"])
    op.create_table(
        "published_progress",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["tracked_commitments.commitment_id"],
            name=op.f("fk_published_progress_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_published_progress_period_id")
        ),
        sa.PrimaryKeyConstraint("commitment_id", "period_id", name=op.f("pk_published_progress")),
    )
    op.create_table(
        "tracked_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", words, nullable=False),
        sa.Column("responsible", words, nullable=False),
        sa.Column("deliverable", words, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("former_weight", sa.Integer(), nullable=True),
        sa.Column("is_original", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("evidenced", sa.Integer(), nullable=True),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("declared BETWEEN 0 AND 100", name=op.f("ck_tracked_activities_declared")),
        sa.CheckConstraint("evidenced <= declared", name=op.f("ck_tracked_activities_evidenced")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["tracked_commitments.commitment_id"],
            name=op.f("fk_tracked_activities_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_tracked_activities_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["document_sections.id"],
            name=op.f("fk_tracked_activities_section_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracked_activities")),
        sa.UniqueConstraint(
            "commitment_id", "number", name=op.f("uq_tracked_activities_commitment_id_number")
        ),
        sa.UniqueConstraint("section_id", name=op.f("uq_tracked_activities_section_id")),
    )
    op.create_index(op.f("ix_tracked_activities_period_id"), "tracked_activities", ["period_id"])
    op.create_table(
        "weight_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weights", facts, nullable=False),
        sa.Column("is_former", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("reason", words, nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["tracked_commitments.commitment_id"],
            name=op.f("fk_weight_settings_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("fk_weight_settings_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weight_settings")),
        sa.UniqueConstraint("commitment_id", "number", name=op.f("uq_weight_settings_commitment_id_number")),
    )
    op.create_table(
        "deadline_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=True),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.Column("moved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["tracked_activities.id"],
            name=op.f("fk_deadline_changes_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["moved_by"], ["people.id"], name=op.f("fk_deadline_changes_moved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_changes")),
    )
    op.create_index(op.f("ix_deadline_changes_activity_id"), "deadline_changes", ["activity_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("file_type", sa.String(), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("meeting", sa.String(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("dead_since", moment, nullable=True),
        sa.Column("contested_at", moment, nullable=True),
        sa.Column("counts", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("seen_title", sa.Text(), nullable=True),
        sa.Column("seen_digest", sa.String(), nullable=True),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("look_again_at", moment, nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["tracked_activities.id"],
            name=op.f("fk_evidence_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_evidence_added_by")),
        sa.ForeignKeyConstraint(["period_id"], ["reporting_periods.id"], name=op.f("fk_evidence_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_activity_id_period_id", "evidence", ["activity_id", "period_id"])
    op.create_index(op.f("ix_evidence_look_again_at"), "evidence", ["look_again_at"])
    op.create_table(
        "progress_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("band", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("lowered", sa.Text(), nullable=True),
        sa.Column("is_unchanged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", moment, nullable=False),
        sa.CheckConstraint("declared BETWEEN 0 AND 100", name=op.f("ck_progress_reports_declared")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["tracked_activities.id"],
            name=op.f("fk_progress_reports_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_progress_reports_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["people.id"], name=op.f("fk_progress_reports_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reports")),
        sa.UniqueConstraint(
            "activity_id",
            "period_id",
            "revision",
            name=op.f("uq_progress_reports_activity_id_period_id_revision"),
        ),
    )
    op.create_index(op.f("ix_progress_reports_period_id"), "progress_reports", ["period_id"])
    op.create_index("ix_progress_reports_submitted_at_id", "progress_reports", ["submitted_at", "id"])
    op.create_table(
        "evidence_standings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_standings_evidence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_standings")),
    )
    op.create_index(op.f("ix_evidence_standings_evidence_id"), "evidence_standings", ["evidence_id"])
    op.create_table(
        "obstacles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_reports.id"], name=op.f("fk_obstacles_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
    )
    op.create_index(op.f("ix_obstacles_report_id"), "obstacles", ["report_id"])


def downgrade() -> None:
    op.drop_table("obstacles")
    op.drop_table("evidence_standings")
    op.drop_table("progress_reports")
    op.drop_table("evidence")
    op.drop_table("deadline_changes")
    op.drop_table("weight_settings")
    op.drop_table("tracked_activities")
    op.drop_table("published_progress")
    op.drop_table("indicator_values")
    op.drop_table("tracked_commitments")
    op.drop_table("tracked_plans")
    op.drop_table("reporting_periods")
    op.drop_table("progress_marks")
