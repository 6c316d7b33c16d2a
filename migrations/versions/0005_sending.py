"""the secret by which an association answers for an idea"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("authors", sa.Column("voucher", sa.String(), nullable=True))
    op.create_index(op.f("ix_authors_voucher"), "authors", ["voucher"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_authors_voucher"), table_name="authors")
    op.drop_column("authors", "voucher")
