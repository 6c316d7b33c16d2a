"""Public comment: consultations, comments, their answers, causes of changes, drafts shared, adoption."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"

WORDS = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "answer_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_answer_templates_name")),
    )
    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("adopted_by", sa.Integer(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["adopted_by"], ["people.id"], name=op.f("fk_adoptions_adopted_by")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_adoptions_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_adoptions_cycle_id_number")),
    )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("questions", WORDS, nullable=False),
        sa.Column("follow_up", WORDS, nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_by", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_by", sa.Integer(), nullable=True),
        sa.Column("shortened_why", WORDS, nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comments", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_consultations_window")),
        sa.ForeignKeyConstraint(["announced_by"], ["people.id"], name=op.f("fk_consultations_announced_by")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_consultations_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_consultations_cycle_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_consultations_reference")),
    )
    op.create_index(op.f("ix_consultations_announced_at"), "consultations", ["announced_at"])
    op.create_index(op.f("ix_consultations_closes_at"), "consultations", ["closes_at"])
    op.create_table(
        "adopted_texts",
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoptions.id"], name=op.f("fk_adopted_texts_adoption_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_adopted_texts_document_id")),
        sa.PrimaryKeyConstraint("adoption_id", "document_id", name=op.f("pk_adopted_texts")),
    )
    op.create_index(op.f("ix_adopted_texts_document_id"), "adopted_texts", ["document_id"])
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_campaigns_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index(op.f("ix_campaigns_consultation_id"), "campaigns", ["consultation_id"])
    op.create_table(
        "comment_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("returned_why", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "approved_by is null or approved_by <> drafted_by",
            name=op.f("ck_comment_answers_approved_by_another"),
        ),
        sa.CheckConstraint(
            "published_at is null or approved_at is not null", name=op.f("ck_comment_answers_approved")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_comment_answers_approved_by")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_comment_answers_consultation_id")
        ),
        sa.ForeignKeyConstraint(["drafted_by"], ["people.id"], name=op.f("fk_comment_answers_drafted_by")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_comment_answers_institution_id")
        ),
        sa.ForeignKeyConstraint(["returned_by"], ["people.id"], name=op.f("fk_comment_answers_returned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_answers")),
    )
    op.create_index(op.f("ix_comment_answers_consultation_id"), "comment_answers", ["consultation_id"])
    op.create_index(op.f("ix_comment_answers_published_at"), "comment_answers", ["published_at"])
    op.create_index(op.f("ix_comment_answers_sent_at"), "comment_answers", ["sent_at"])
    op.create_table(
        "consulted_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consulted_texts_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_consulted_texts_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consulted_texts")),
        sa.UniqueConstraint(
            "consultation_id", "document_id", name=op.f("uq_consulted_texts_consultation_id_document_id")
        ),
    )
    op.create_index(op.f("ix_consulted_texts_document_id"), "consulted_texts", ["document_id"])
    op.create_table(
        "followings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(consultation_id is not null) or (institution_id is not null) or (theme_id is not null) or (region_code is not null)",
            name=op.f("ck_followings_of_something"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_followings_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_followings_institution_id")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_followings_region_code")),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["themes.id"], name=op.f("fk_followings_theme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followings")),
        sa.UniqueConstraint("receipt", name=op.f("uq_followings_receipt")),
    )
    op.create_index(op.f("ix_followings_consultation_id"), "followings", ["consultation_id"])
    op.create_index(op.f("ix_followings_email"), "followings", ["email"])
    op.create_index(op.f("ix_followings_institution_id"), "followings", ["institution_id"])
    op.create_index(op.f("ix_followings_region_code"), "followings", ["region_code"])
    op.create_index(op.f("ix_followings_theme_id"), "followings", ["theme_id"])
    op.create_table(
        "shared_drafts",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_shared_drafts_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["shared_by"], ["people.id"], name=op.f("fk_shared_drafts_shared_by")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_shared_drafts")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), server_default="", nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name=op.f("fk_changes_named_by")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["document_sections.id"], name=op.f("fk_changes_section_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_versions.id"], name=op.f("fk_changes_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint(
            "version_id",
            "section_id",
            "language",
            "fact",
            "place",
            name=op.f("uq_changes_version_id_section_id_language_fact_place"),
        ),
    )
    op.create_index(op.f("ix_changes_section_id"), "changes", ["section_id"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("stance", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("suggested_in", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("answer", WORDS, nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(wording is null) = (suggested_in is null)", name=op.f("ck_comments_suggestion")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_comments_campaign_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_comments_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["document_sections.id"], name=op.f("fk_comments_section_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["consulted_texts.id"], name=op.f("fk_comments_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_comments_consultation_id_number")),
        sa.UniqueConstraint("once", name=op.f("uq_comments_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_comments_receipt")),
        sa.UniqueConstraint("reference", name=op.f("uq_comments_reference")),
    )
    op.create_index(op.f("ix_comments_campaign_id"), "comments", ["campaign_id"])
    op.create_index(op.f("ix_comments_answer_id"), "comments", ["answer_id"])
    op.create_index(op.f("ix_comments_compared_at"), "comments", ["compared_at"])
    op.create_index("ix_comments_new", "comments", ["text_id", "parent_id", "confirmed_at", "id"])
    op.create_index(op.f("ix_comments_parent_id"), "comments", ["parent_id"])
    op.create_index(op.f("ix_comments_section_id"), "comments", ["section_id"])
    op.create_index("ix_comments_supported", "comments", ["text_id", "parent_id", "supports", "id"])
    op.create_table(
        "drafts_discussed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", WORDS, nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_drafts_discussed_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["coordination_meetings.id"],
            name=op.f("fk_drafts_discussed_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts_discussed")),
        sa.UniqueConstraint(
            "meeting_id", "commitment_id", name=op.f("uq_drafts_discussed_meeting_id_commitment_id")
        ),
    )
    op.create_index(op.f("ix_drafts_discussed_commitment_id"), "drafts_discussed", ["commitment_id"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_remarks_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["replied_by"], ["people.id"], name=op.f("fk_remarks_replied_by")),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_remarks_said_by")),
        sa.ForeignKeyConstraint(["section_id"], ["document_sections.id"], name=op.f("fk_remarks_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_document_id"), "remarks", ["document_id"])
    op.create_index(op.f("ix_remarks_said_at"), "remarks", ["said_at"])
    op.create_table(
        "answer_changes",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["comment_answers.id"],
            name=op.f("fk_answer_changes_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_answer_changes_change_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "change_id", name=op.f("pk_answer_changes")),
    )
    op.create_index(op.f("ix_answer_changes_change_id"), "answer_changes", ["change_id"])
    op.create_table(
        "answered_comments",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["comment_answers.id"],
            name=op.f("fk_answered_comments_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_answered_comments_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_answered_comments")),
    )
    op.create_index(op.f("ix_answered_comments_answer_id"), "answered_comments", ["answer_id"])
    op.create_table(
        "comment_supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_supports_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_supports")),
        sa.UniqueConstraint("comment_id", "email", name=op.f("uq_comment_supports_comment_id_email")),
        sa.UniqueConstraint("receipt", name=op.f("uq_comment_supports_receipt")),
    )
    op.create_index(op.f("ix_comment_supports_email"), "comment_supports", ["email"])
    op.create_table(
        "commenters",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=True),
        sa.Column("voucher", sa.String(), nullable=True),
        sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disowned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_commenters_association_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_commenters_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_commenters_region_code")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_commenters")),
        sa.UniqueConstraint("voucher", name=op.f("uq_commenters_voucher")),
    )
    op.create_index(op.f("ix_commenters_email"), "commenters", ["email"])
    op.create_table(
        "memoranda",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_memoranda_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_memoranda")),
    )
    op.add_column("documents", sa.Column("consulted", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("documents", "consulted")
    op.drop_table("memoranda")
    op.drop_table("commenters")
    op.drop_table("comment_supports")
    op.drop_table("answered_comments")
    op.drop_table("answer_changes")
    op.drop_table("remarks")
    op.drop_table("drafts_discussed")
    op.drop_table("comments")
    op.drop_table("changes")
    op.drop_table("shared_drafts")
    op.drop_table("followings")
    op.drop_table("consulted_texts")
    op.drop_table("comment_answers")
    op.drop_table("campaigns")
    op.drop_table("adopted_texts")
    op.drop_table("consultations")
    op.drop_table("adoptions")
    op.drop_table("answer_templates")
