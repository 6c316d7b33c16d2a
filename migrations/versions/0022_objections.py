"""A fate that is not what an institution answered says who decided, and lets it object."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("cycles", sa.Column("objection_days", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("ideas", sa.Column("overrules", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("fate_drafts", sa.Column("why", JSON, nullable=True))
    op.add_column("fate_drafts", sa.Column("proof_url", sa.String(), nullable=True))
    op.create_table(
        "fate_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("objected_by", sa.Integer(), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["idea_id"],
            ["fate_drafts.idea_id"],
            name="fk_fate_objections_idea_id_fate_drafts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name="fk_fate_objections_institution_id_institutions"
        ),
        sa.ForeignKeyConstraint(["objected_by"], ["people.id"], name="fk_fate_objections_objected_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_fate_objections"),
        sa.UniqueConstraint("idea_id", "institution_id", name="uq_fate_objections_idea_id_institution_id"),
    )


def downgrade() -> None:
    op.drop_table("fate_objections")
    for table, names in {
        "fate_drafts": ("proof_url", "why"),
        "ideas": ("overrules",),
        "cycles": ("objection_days",),
    }.items():
        for name in names:
            op.drop_column(table, name)
