"""The register's checkpoints and subjects; moderation: reports and hidings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "register_checkpoints",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_register_checkpoints")),
    )
    for statement in CHECKPOINTS_SQLITE if _on_sqlite() else CHECKPOINTS_POSTGRESQL:
        op.execute(statement)

    op.create_table(
        "hidings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "insult",
                "personal_data",
                "advertising",
                "off_topic",
                "other",
                name="harm",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("hidden_by", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contest_until", sa.Date(), nullable=False),
        sa.Column("contested_words", sa.Text(), nullable=True),
        sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(contested_at is null) = (contested_words is null)", name=op.f("ck_hidings_contested")
        ),
        sa.CheckConstraint(
            "decided_at is null or (contested_at is not null and decided_text is not null)",
            name=op.f("ck_hidings_decided"),
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> hidden_by", name=op.f("ck_hidings_decided_by_another")
        ),
        sa.CheckConstraint("lifted_at is null or decided_at is not null", name=op.f("ck_hidings_lifted")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_hidings_decided_by")),
        sa.ForeignKeyConstraint(["hidden_by"], ["people.id"], name=op.f("fk_hidings_hidden_by")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_hidings_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidings")),
    )
    op.create_index(op.f("ix_hidings_contested_at"), "hidings", ["contested_at"])
    op.create_index(op.f("ix_hidings_hidden_at"), "hidings", ["hidden_at"])
    op.create_index(op.f("ix_hidings_idea_id"), "hidings", ["idea_id"])

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "insult",
                "personal_data",
                "advertising",
                "off_topic",
                "other",
                name="harm",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("hiding_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(decided_at is null) = (decided_by is null)", name=op.f("ck_reports_decided")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_reports_decided_by")),
        sa.ForeignKeyConstraint(
            ["hiding_id"], ["hidings.id"], name=op.f("fk_reports_hiding_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_reports_idea_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("once", name=op.f("uq_reports_once")),
    )
    op.create_index(op.f("ix_reports_email"), "reports", ["email"])
    op.create_index(op.f("ix_reports_idea_id"), "reports", ["idea_id"])
    op.create_index(op.f("ix_reports_made_at"), "reports", ["made_at"])
    op.create_index("ix_reports_waiting", "reports", ["decided_at", "made_at", "id"])

    op.add_column("register", sa.Column("subject", sa.String(), server_default="", nullable=False))
    _fill_subjects()
    op.create_index("ix_register_subject_number", "register", ["subject", "number"])


def downgrade() -> None:
    op.drop_index("ix_register_subject_number", table_name="register")
    op.drop_column("register", "subject")

    op.drop_index("ix_reports_waiting", table_name="reports")
    op.drop_index(op.f("ix_reports_made_at"), table_name="reports")
    op.drop_index(op.f("ix_reports_idea_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_email"), table_name="reports")

    op.drop_table("reports")
    op.drop_index(op.f("ix_hidings_idea_id"), table_name="hidings")
    op.drop_index(op.f("ix_hidings_hidden_at"), table_name="hidings")
    op.drop_index(op.f("ix_hidings_contested_at"), table_name="hidings")

    op.drop_table("hidings")
    op.drop_table("register_checkpoints")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _fill_subjects() -> None:
    """What an entry is about stands in its content already; the table refuses changes but for this moment."""
    if _on_sqlite():
        op.execute("DROP TRIGGER register_no_update")
        op.execute("UPDATE register SET subject = json_extract(content, '$.subject')")
        op.execute(NO_UPDATE)
        return
    op.execute("ALTER TABLE register DISABLE TRIGGER register_append_only")
    op.execute("UPDATE register SET subject = content::json ->> 'subject'")
    op.execute("ALTER TABLE register ENABLE TRIGGER register_append_only")


NO_UPDATE = (
    "CREATE TRIGGER register_no_update BEFORE UPDATE ON register BEGIN"
    " SELECT RAISE(ABORT, 'the register is append-only'); END"
)
CHECKPOINTS_SQLITE = tuple(
    f"CREATE TRIGGER register_checkpoints_no_{act} BEFORE {act.upper()} ON register_checkpoints BEGIN"
    " SELECT RAISE(ABORT, 'the register is append-only'); END"
    for act in ("update", "delete")
)
CHECKPOINTS_POSTGRESQL = (
    "CREATE TRIGGER register_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
    " ON register_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_register()",
)
