"""Counts and lists of ideas that cost the same for a thousand and for a million."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

STATES = (
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
)
FATES = (
    "included",
    "partly_included",
    "merged",
    "already_under_way",
    "deferred",
    "transferred",
    "not_included",
    "not_accepted",
    "withdrawn",
)
ORIGINS = ("online", "workshop", "paper", "email")

# One index for each filter of the list, in the order of the list.
RECENT = {
    "ix_ideas_fate_recent": "fate",
    "ix_ideas_origin_recent": "origin",
    "ix_ideas_theme_recent": "theme_id",
    "ix_ideas_region_recent": "region_code",
}
REPLACED = {"ix_ideas_fate": "fate", "ix_ideas_theme_id": "theme_id", "ix_ideas_region_code": "region_code"}
OPEN = sa.text("answered_at is null")

KIND = ("cycle_id", "theme_id", "region_code", "origin", "state", "fate")


def upgrade() -> None:
    op.create_table(
        "idea_tallies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer()),
        sa.Column("region_code", sa.String()),
        sa.Column("origin", _choice("origin", ORIGINS), nullable=False),
        sa.Column("state", _choice("ideastate", STATES), nullable=False),
        sa.Column("fate", _choice("fate", FATES)),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_tallies")),
    )
    op.execute(
        f"INSERT INTO idea_tallies ({', '.join(KIND)}, count) SELECT {', '.join(KIND)}, count(*) FROM ideas"
        f" WHERE received_at IS NOT NULL GROUP BY {', '.join(KIND)}"
    )
    for name, column in RECENT.items():
        op.create_index(name, "ideas", [column, "received_at", "id"])
    for name in REPLACED:
        op.drop_index(name, table_name="ideas")
    op.create_index(
        "ix_referrals_open", "referrals", ["due_on", "idea_id"], postgresql_where=OPEN, sqlite_where=OPEN
    )
    for statement in TALLY_SQLITE if _is_sqlite() else TALLY_POSTGRESQL + WORDS:
        op.execute(statement)


def downgrade() -> None:
    if _is_sqlite():
        for name in ("in", "out", "up"):
            op.execute(f"DROP TRIGGER ideas_tally_{name}")
    else:
        op.execute("ALTER TABLE ideas DROP COLUMN words")
        op.execute("CREATE INDEX ix_ideas_words ON ideas USING gin (to_tsvector('simple', tokens))")
        op.execute("DROP TRIGGER ideas_tally ON ideas")
        op.execute("DROP TRIGGER ideas_tally_up ON ideas")
        op.execute("DROP FUNCTION tally_ideas")
    op.drop_index("ix_referrals_open", table_name="referrals")
    for name, column in REPLACED.items():
        op.create_index(name, "ideas", [column])
    for name in RECENT:
        op.drop_index(name, table_name="ideas")
    op.drop_table("idea_tallies")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in KIND)


def _add(row: str, count: int) -> str:
    """The row of a tally for one idea, which counts only once it is public."""
    return (
        f"INSERT INTO idea_tallies ({', '.join(KIND)}, count)"
        f" SELECT {_of(row)}, {count} WHERE {row}.received_at IS NOT NULL;"
    )


COUNTED = ", ".join((*KIND, "received_at"))
CHANGED = " OR ".join(f"old.{column} IS NOT new.{column}" for column in KIND)
BECAME_PUBLIC = "(old.received_at IS NULL) <> (new.received_at IS NULL)"
TALLY_SQLITE = (
    f"CREATE TRIGGER ideas_tally_in AFTER INSERT ON ideas BEGIN {_add('new', 1)} END",
    f"CREATE TRIGGER ideas_tally_out AFTER DELETE ON ideas BEGIN {_add('old', -1)} END",
    f"CREATE TRIGGER ideas_tally_up AFTER UPDATE OF {COUNTED} ON ideas WHEN {CHANGED} OR {BECAME_PUBLIC}"
    f" BEGIN {_add('old', -1)} {_add('new', 1)} END",
)
TALLY_POSTGRESQL = (
    "CREATE FUNCTION tally_ideas() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP <> 'INSERT' THEN {_add('old', -1)} END IF;"
    f" IF TG_OP <> 'DELETE' THEN {_add('new', 1)} END IF;"
    " RETURN NULL; END $$",
    "CREATE TRIGGER ideas_tally AFTER INSERT OR DELETE ON ideas FOR EACH ROW EXECUTE FUNCTION tally_ideas()",
    f"CREATE TRIGGER ideas_tally_up AFTER UPDATE OF {COUNTED} ON ideas FOR EACH ROW"
    f" WHEN (({_of('old')}) IS DISTINCT FROM ({_of('new')}) OR {BECAME_PUBLIC})"
    " EXECUTE FUNCTION tally_ideas()",
)
# Kept with its row, so that a walk through the latest ideas need not make it anew for each of them. Of its
# words PostgreSQL keeps a thousand counts, by which it chooses between that walk and the index.
WORDS = (
    "DROP INDEX ix_ideas_words",
    "ALTER TABLE ideas ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED",
    "CREATE INDEX ix_ideas_words ON ideas USING gin (words)",
)
