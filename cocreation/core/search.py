"""Searching words: the same stems, the same answer, in FTS5 on SQLite and tsvector on PostgreSQL.

A table with `id` and `tokens` (stems of `core.text`, separated by spaces) has an index of words made
by its migration: `<table>_words`, an FTS5 table kept by triggers, or a GIN index on the expression.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from cocreation.core import text


class says(FunctionElement[bool]):  # noqa: N801 — reads as the function it is
    """Whether a row's `tokens` hold all stems, the last one as the beginning of a word."""

    type = Boolean()
    inherit_cache = True


def says_all(model: Any, typed: str) -> ColumnElement[bool] | None:
    """The condition that a row of `model` says what was typed; None when there is no word in it."""
    stems = text.search_query(typed)
    if not stems:
        return None
    in_fts5 = " ".join(f'"{stem}"' for stem in stems) + "*"
    in_tsquery = " & ".join(f"'{stem}'" for stem in stems) + ":*"
    return says(model.id, model.tokens, literal(in_fts5), literal(in_tsquery))


@compiles(says, "sqlite")
def _on_sqlite(element: says, compiler: Any, **options: Any) -> str:
    key, _, asked, _ = element.clauses
    words = f"{key.table.name}_words"
    id_, query = compiler.process(key, **options), compiler.process(asked, **options)
    return f"{id_} IN (SELECT rowid FROM {words} WHERE {words} MATCH {query})"  # noqa: S608


@compiles(says, "postgresql")
def _on_postgresql(element: says, compiler: Any, **options: Any) -> str:
    _, tokens, _, asked = element.clauses
    words, query = compiler.process(tokens, **options), compiler.process(asked, **options)
    return f"to_tsvector('simple', {words}) @@ to_tsquery('simple', {query})"
