"""The list of ideas in the order of how many people support each."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index("ix_ideas_supported", "ideas", ["supporters", "id"])


def downgrade() -> None:
    op.drop_index("ix_ideas_supported", "ideas")
