"""Runs migrations against the database whose address `core.migrate` gives."""

from alembic import context

from cocreation.core.database import Json, Moment, TranslatedText, make_engine
from cocreation.tables import METADATA

# The index of searchable words is made by hand, each database in its own way.
BY_HAND = ("ideas_words", "ix_ideas_words", "words")


def include(_object: object, name: str | None, *_: object) -> bool:
    return not (name or "").startswith(BY_HAND)


def plain(kind: str, item: object, _context: object) -> str | bool:
    """A migration says what stood at its time, so it names plain column types, not classes of the application."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and (isinstance(item, TranslatedText) or item is Json):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        # Where a table is made anew to change it, what refers to it must not be deleted with the old one.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_object=include,
        render_item=plain,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
