"""Names compared as people spell them, where no column keeps them folded: `folded(column)` in a statement.

SQLite asks `spelling.fold` itself; PostgreSQL changes letter for letter, by what `fold` makes of each.
"""

from __future__ import annotations

from itertools import chain

from sqlalchemy import ColumnElement, Engine, SQLColumnExpression, String, and_, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from cocreation.text.spelling import fold

Name = SQLColumnExpression[str] | SQLColumnExpression[str | None]

# Latin with its accents, Arabic, and the marks that stand alone.
_LETTERS = [chr(code) for code in chain(range(0xC0, 0x370), range(0x600, 0x700), range(0x1E00, 0x1F00))]
_SINGLE = [(letter, fold(letter)) for letter in _LETTERS]
_FROM = "".join(letter for letter, plain in _SINGLE if len(plain) == 1 and plain not in (letter, "'"))
_TO = "".join(fold(letter) for letter in _FROM)
_GONE = "".join(letter for letter, plain in _SINGLE if not plain)


class folded(FunctionElement[str]):  # noqa: N801 — reads as the function it is
    """The words of a column as `spelling.fold` writes them."""

    type = String()
    inherit_cache = True


def is_called(name: Name, typed: str) -> ColumnElement[bool]:
    """Whether a name has all words that were typed, whatever their accents and spellings."""
    return and_(*(folded(name).contains(word, autoescape=True) for word in fold(typed).split()))


@compiles(folded, "sqlite")
def _on_sqlite(element: folded, compiler: SQLCompiler, **options: object) -> str:
    return f"folded({compiler.process(element.clauses, **options)})"


@compiles(folded, "postgresql")
def _on_postgresql(element: folded, compiler: SQLCompiler, **options: object) -> str:
    words = compiler.process(element.clauses, **options)
    return f"translate(lower({words}), '{_FROM}{_GONE}', '{_TO}')"


@event.listens_for(Engine, "connect")
def _teach(connection: object, _record: object) -> None:
    if create := getattr(connection, "create_function", None):  # SQLite's alone
        create("folded", 1, lambda words: words and fold(words), deterministic=True)
