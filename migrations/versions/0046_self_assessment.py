"""Self-assessments: snapshots of the figures, the reports that stand on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0040"


def upgrade() -> None:
    facts = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "plan_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("figures", facts, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_plan_snapshots_cycle_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_plan_snapshots_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_snapshots")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_plan_snapshots_cycle_id_number")),
    )
    op.create_table(
        "assessment_reports",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("flags", sa.Integer(), server_default="0", nullable=False),
        sa.Column("published_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name=op.f("fk_assessment_reports_begun_by")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_assessment_reports_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["plan_snapshots.id"], name=op.f("fk_assessment_reports_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_assessment_reports")),
    )
    op.create_index(op.f("ix_assessment_reports_snapshot_id"), "assessment_reports", ["snapshot_id"])
    op.create_table(
        "assessment_papers",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["assessment_reports.document_id"],
            name=op.f("fk_assessment_papers_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "language", name=op.f("pk_assessment_papers")),
    )
    op.create_table(
        "assessment_versions",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("blocks", facts, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["assessment_reports.document_id"],
            name=op.f("fk_assessment_versions_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["plan_snapshots.id"], name=op.f("fk_assessment_versions_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_assessment_versions")),
    )
    op.create_index(op.f("ix_assessment_versions_snapshot_id"), "assessment_versions", ["snapshot_id"])
    op.create_table(
        "due_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_due_assessments_cycle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["assessment_reports.document_id"], name=op.f("fk_due_assessments_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_assessments")),
        sa.UniqueConstraint(
            "cycle_id", "kind", "due_on", name=op.f("uq_due_assessments_cycle_id_kind_due_on")
        ),
    )
    op.create_index(op.f("ix_due_assessments_report_id"), "due_assessments", ["report_id"])
    op.create_table(
        "meant_numbers",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("meant_as", sa.String(40), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("said_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["assessment_reports.document_id"],
            name=op.f("fk_meant_numbers_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_meant_numbers_said_by")),
        sa.PrimaryKeyConstraint("document_id", "block", "language", "words", name=op.f("pk_meant_numbers")),
    )
    op.add_column(
        "documents", sa.Column("is_composed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("documents", "is_composed")
    op.drop_table("meant_numbers")
    op.drop_table("due_assessments")
    op.drop_table("assessment_versions")
    op.drop_table("assessment_papers")
    op.drop_table("assessment_reports")
    op.drop_table("plan_snapshots")
