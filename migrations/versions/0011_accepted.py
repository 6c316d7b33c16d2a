"""Whether screening accepted an idea stands with the idea, and is counted with it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BEFORE = ("cycle_id", "theme_id", "region_code", "origin", "state", "fate")
KIND = (*BEFORE, "accepted")


def upgrade() -> None:
    _drop_triggers()
    for table in ("ideas", "idea_tallies"):
        op.add_column(table, sa.Column("accepted", sa.Boolean()))
    op.execute(
        "UPDATE ideas SET accepted = (SELECT accepted FROM screenings WHERE screenings.idea_id = ideas.id)"
    )
    _count_anew(KIND)
    op.create_index("ix_idea_tallies_cycle_id", "idea_tallies", ["cycle_id"])


def downgrade() -> None:
    _drop_triggers()
    op.drop_index("ix_idea_tallies_cycle_id", table_name="idea_tallies")
    for table in ("ideas", "idea_tallies"):
        op.drop_column(table, "accepted")
    _count_anew(BEFORE)


def _count_anew(kind: tuple[str, ...]) -> None:
    names = ", ".join(kind)
    op.execute("DELETE FROM idea_tallies")
    op.execute(
        f"INSERT INTO idea_tallies ({names}, count) SELECT {names}, count(*) FROM ideas"
        f" WHERE received_at IS NOT NULL GROUP BY {names}"
    )
    for statement in _sqlite(kind) if _is_sqlite() else _postgresql(kind):
        op.execute(statement)


def _drop_triggers() -> None:
    if _is_sqlite():
        for name in ("in", "out", "up"):
            op.execute(f"DROP TRIGGER ideas_tally_{name}")
    else:
        op.execute("DROP TRIGGER ideas_tally ON ideas")
        op.execute("DROP TRIGGER ideas_tally_up ON ideas")
        op.execute("DROP FUNCTION tally_ideas")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _of(row: str, kind: tuple[str, ...]) -> str:
    return ", ".join(f"{row}.{column}" for column in kind)


def _add(row: str, kind: tuple[str, ...], count: int) -> str:
    """The row of a tally for one idea, which counts only once it is public."""
    return (
        f"INSERT INTO idea_tallies ({', '.join(kind)}, count)"
        f" SELECT {_of(row, kind)}, {count} WHERE {row}.received_at IS NOT NULL;"
    )


BECAME_PUBLIC = "(old.received_at IS NULL) <> (new.received_at IS NULL)"


def _sqlite(kind: tuple[str, ...]) -> tuple[str, ...]:
    counted = ", ".join((*kind, "received_at"))
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in kind)
    more, fewer = _add("new", kind, 1), _add("old", kind, -1)
    return (
        f"CREATE TRIGGER ideas_tally_in AFTER INSERT ON ideas BEGIN {more} END",
        f"CREATE TRIGGER ideas_tally_out AFTER DELETE ON ideas BEGIN {fewer} END",
        f"CREATE TRIGGER ideas_tally_up AFTER UPDATE OF {counted} ON ideas"
        f" WHEN {changed} OR {BECAME_PUBLIC} BEGIN {fewer} {more} END",
    )


def _postgresql(kind: tuple[str, ...]) -> tuple[str, ...]:
    counted = ", ".join((*kind, "received_at"))
    return (
        "CREATE FUNCTION tally_ideas() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {_add('old', kind, -1)} END IF;"
        f" IF TG_OP <> 'DELETE' THEN {_add('new', kind, 1)} END IF;"
        " RETURN NULL; END $$",
        "CREATE TRIGGER ideas_tally AFTER INSERT OR DELETE ON ideas"
        " FOR EACH ROW EXECUTE FUNCTION tally_ideas()",
        f"CREATE TRIGGER ideas_tally_up AFTER UPDATE OF {counted} ON ideas FOR EACH ROW"
        f" WHEN (({_of('old', kind)}) IS DISTINCT FROM ({_of('new', kind)}) OR {BECAME_PUBLIC})"
        " EXECUTE FUNCTION tally_ideas()",
    )
