"""Spreadsheets wait for a while between the steps of an import; who has no contact has a number in the list."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "kept_sheets",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_kept_sheets_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_kept_sheets")),
        sa.UniqueConstraint("person_id", "purpose", name=op.f("uq_kept_sheets_person_id_purpose")),
    )
    op.create_index(op.f("ix_kept_sheets_kept_at"), "kept_sheets", ["kept_at"])
    op.add_column("registrations", sa.Column("list_number", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("registrations", "list_number")
    op.drop_table("kept_sheets")
