"""Documents say which version of them was adopted; adopted plans are kept on paper; sections carry ideas."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("documents", sa.Column("adopted", sa.Integer(), nullable=True))
    op.create_table(
        "adopted_papers",
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoptions.id"], name=op.f("fk_adopted_papers_adoption_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("adoption_id", "language", name=op.f("pk_adopted_papers")),
    )
    op.create_table(
        "carried_ideas",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_carried_ideas_added_by")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_carried_ideas_idea_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["document_sections.id"],
            name=op.f("fk_carried_ideas_section_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("idea_id", "section_id", name=op.f("pk_carried_ideas")),
    )
    op.create_index(op.f("ix_carried_ideas_section_id"), "carried_ideas", ["section_id"])


def downgrade() -> None:
    op.drop_table("carried_ideas")
    op.drop_table("adopted_papers")
    op.drop_column("documents", "adopted")
