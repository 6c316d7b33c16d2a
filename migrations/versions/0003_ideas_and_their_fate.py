"""ideas and their fate"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_drafts")),
        sa.UniqueConstraint("once", name=op.f("uq_drafts_once")),
    )
    op.create_index(op.f("ix_drafts_saved_at"), "drafts", ["saved_at"])

    op.create_table(
        "reason_templates",
        sa.Column("id", sa.Integer(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_templates")),
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight between 1 and 100", name=op.f("ck_criteria_weight")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_criteria_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
    )
    op.create_index(op.f("ix_criteria_cycle_id"), "criteria", ["cycle_id"])

    op.create_table(
        "appeals",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("upheld", "partly_upheld", "dismissed", name="hearing", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("heard_by", sa.Integer(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome is null) = (heard_at is null)", name=op.f("ck_appeals_heard")),
        sa.CheckConstraint("outcome is null or reason_text is not null", name=op.f("ck_appeals_reasoned")),
        sa.ForeignKeyConstraint(["heard_by"], ["people.id"], name=op.f("fk_appeals_heard_by")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_appeals_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_appeals")),
    )
    op.create_index(op.f("ix_appeals_filed_at"), "appeals", ["filed_at"])

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_attachments_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_idea_id"), "attachments", ["idea_id"])
    op.create_index(op.f("ix_attachments_once"), "attachments", ["once"])

    op.create_table(
        "backings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("supports", sa.Boolean(), nullable=False),
        sa.Column(
            "follows", sa.Enum("daily", "weekly", name="rhythm", native_enum=False, length=40), nullable=True
        ),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_backings_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backings")),
        sa.UniqueConstraint("idea_id", "email", name=op.f("uq_backings_idea_id_email")),
        sa.UniqueConstraint("receipt", name=op.f("uq_backings_receipt")),
    )
    op.create_index(op.f("ix_backings_email"), "backings", ["email"])
    op.create_index("ix_backings_following", "backings", ["follows", "email"])

    op.create_table(
        "lineages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "merged_into",
                "split_into",
                "restated_as",
                "carried_over",
                name="kinship",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "state_before",
            sa.Enum(
                "unconfirmed",
                "received",
                "asked",
                "accepted",
                "screened_out",
                "referred",
                "joined",
                "answered",
                "published",
                "withdrawn",
                name="ideastate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("linked_by", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_reason", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_lineages_two_ideas")),
        sa.CheckConstraint(
            "undone_at is null or undone_reason is not null", name=op.f("ck_lineages_undone_with_reason")
        ),
        sa.ForeignKeyConstraint(["linked_by"], ["people.id"], name=op.f("fk_lineages_linked_by")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["ideas.id"], name=op.f("fk_lineages_source_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["ideas.id"], name=op.f("fk_lineages_target_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["people.id"], name=op.f("fk_lineages_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineages")),
    )
    op.create_index(op.f("ix_lineages_source_id"), "lineages", ["source_id"])
    op.create_index(op.f("ix_lineages_target_id"), "lineages", ["target_id"])

    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_questions_asked_by")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_questions_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_idea_id"), "questions", ["idea_id"])

    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("clarity", sa.Integer(), nullable=False),
        sa.Column("clarity_note", sa.Text(), nullable=True),
        sa.Column("precision", sa.Integer(), nullable=False),
        sa.Column("precision_note", sa.Text(), nullable=True),
        sa.Column("openness", sa.Integer(), nullable=False),
        sa.Column("openness_note", sa.Text(), nullable=True),
        sa.Column("accepts", sa.Boolean(), nullable=False),
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
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "clarity between 0 and 2 and precision between 0 and 2 and openness between 0 and 2",
            name=op.f("ck_readings_scores"),
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_readings_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_readings_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("idea_id", "reader_id", name=op.f("uq_readings_idea_id_reader_id")),
    )
    op.create_index(op.f("ix_readings_reader_id"), "readings", ["reader_id"])

    op.create_table(
        "assessments",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("score between 0 and 3", name=op.f("ck_assessments_score")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_assessments_criterion_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_assessments_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "criterion_id", name=op.f("pk_assessments")),
    )
    op.add_column(
        "authors",
        sa.Column(
            "association_id",
            sa.Integer(),
            sa.ForeignKey("associations.id", name="fk_authors_association_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("authors", sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("authors", sa.Column("disowned_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column(
        "batches",
        sa.Column(
            "created_by",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_batches_created_by"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "batches",
        sa.Column(
            "reviewed_by",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_batches_reviewed_by"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("batches", sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("batches", sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("batches", sa.Column("publishing_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("batches", sa.Column("settled", sa.Integer(), server_default="0", nullable=False))

    op.add_column(
        "cycles",
        sa.Column(
            "languages",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default=sa.text('\'["ar", "fr"]\''),
            nullable=False,
        ),
    )
    op.add_column("cycles", sa.Column("appeal_days", sa.Integer(), server_default="30", nullable=False))

    op.add_column("ideas", sa.Column("appeal_until", sa.Date(), nullable=True))
    op.add_column("ideas", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ideas", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ideas", sa.Column("supporters", sa.Integer(), server_default="0", nullable=False))

    op.add_column("referrals", sa.Column("proof_url", sa.String(), nullable=True))
    op.add_column(
        "referrals",
        sa.Column(
            "transfer_to_id",
            sa.Integer(),
            sa.ForeignKey("institutions.id", name="fk_referrals_transfer_to_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "referrals",
        sa.Column(
            "delegate_id",
            sa.Integer(),
            sa.ForeignKey("people.id", name="fk_referrals_delegate_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_referrals_delegate_id"), "referrals", ["delegate_id"])

    op.add_column(
        "steps",
        sa.Column(
            "related_id",
            sa.Integer(),
            sa.ForeignKey("ideas.id", name="fk_steps_related_id"),
            nullable=True,
        ),
        inline_references=True,
    )


def downgrade() -> None:
    op.drop_column("steps", "related_id")

    op.drop_index(op.f("ix_referrals_delegate_id"), table_name="referrals")
    op.drop_column("referrals", "delegate_id")
    op.drop_column("referrals", "transfer_to_id")
    op.drop_column("referrals", "proof_url")

    op.drop_column("ideas", "supporters")
    op.drop_column("ideas", "edited_at")
    op.drop_column("ideas", "hidden_at")
    op.drop_column("ideas", "appeal_until")

    op.drop_column("cycles", "appeal_days")
    op.drop_column("cycles", "languages")

    op.drop_column("batches", "settled")
    op.drop_column("batches", "publishing_at")
    op.drop_column("batches", "embargo_until")
    op.drop_column("batches", "reviewed_at")
    op.drop_column("batches", "reviewed_by")
    op.drop_column("batches", "created_by")

    op.drop_column("authors", "disowned_at")
    op.drop_column("authors", "vouched_at")
    op.drop_column("authors", "association_id")

    op.drop_table("assessments")
    op.drop_index(op.f("ix_readings_reader_id"), table_name="readings")

    op.drop_table("readings")
    op.drop_index(op.f("ix_questions_idea_id"), table_name="questions")

    op.drop_table("questions")
    op.drop_index(op.f("ix_lineages_target_id"), table_name="lineages")
    op.drop_index(op.f("ix_lineages_source_id"), table_name="lineages")

    op.drop_table("lineages")
    op.drop_index("ix_backings_following", table_name="backings")
    op.drop_index(op.f("ix_backings_email"), table_name="backings")

    op.drop_table("backings")
    op.drop_index(op.f("ix_attachments_once"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_idea_id"), table_name="attachments")

    op.drop_table("attachments")
    op.drop_index(op.f("ix_appeals_filed_at"), table_name="appeals")

    op.drop_table("appeals")
    op.drop_index(op.f("ix_criteria_cycle_id"), table_name="criteria")

    op.drop_table("criteria")
    op.drop_table("reason_templates")
    op.drop_index(op.f("ix_drafts_saved_at"), table_name="drafts")

    op.drop_table("drafts")
