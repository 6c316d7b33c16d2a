"""Searching words: the same stems, the same answer, in FTS5 on SQLite and tsvector on PostgreSQL.

A table with `id` and `tokens` (stems of `cocreation.text`, separated by spaces) has an index of words made
by its migration: on SQLite `<table>_words`, an FTS5 table kept by triggers; on PostgreSQL a generated
column `words` with a GIN index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Boolean, ColumnElement, literal, text as text_clause
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from cocreation.core.database import session
from cocreation.text import query as core_query

Tokens = InstrumentedAttribute[str]  # the column of a table that is searched


class says(FunctionElement[bool]):  # noqa: N801 — reads as the function it is
    """Whether a row's `tokens` answer the question put in the words of each database."""

    type = Boolean()
    inherit_cache = True


def says_all(tokens: Tokens, typed: str) -> ColumnElement[bool] | None:
    """The condition that a row says in `tokens` what was typed: all words, the last one perhaps unfinished,
    and what stands in quotation marks word after word. None when there is nothing in it to search.
    """
    terms = core_query.read_query(typed)
    if not terms:
        return None
    in_fts5 = " AND ".join(_in_fts5(term) for term in terms)
    in_tsquery = " & ".join(_in_tsquery(term) for term in terms)
    return says(tokens.class_.id, tokens, literal(in_fts5), literal(in_tsquery))


def says_some(tokens: Tokens, stems: Sequence[str]) -> ColumnElement[bool] | None:
    """The condition that a row says in `tokens` at least two of `stems` (the only one, if there is one).

    None without stems. Two, because one word in common with a long text is said by half of the rows.
    """
    if not stems:
        return None
    terms = [f'"{stem}"' for stem in stems], [f"'{stem}'" for stem in stems]
    in_fts5, in_tsquery = _two_of(terms[0], " AND ", " OR "), _two_of(terms[1], " & ", " | ")
    return says(tokens.class_.id, tokens, literal(in_fts5), literal(in_tsquery))


def _two_of(terms: Sequence[str], both: str, either: str) -> str:
    """Each term with any of those after it: every pair, without writing every pair."""
    if len(terms) == 1:
        return terms[0]
    pairs = (f"({term}{both}({either.join(terms[i:])}))" for i, term in enumerate(terms[:-1], 1))
    return either.join(pairs)


def _in_fts5(term: core_query.Term) -> str:
    phrase = _quoted(term.stems, '"{}"', " + ") + ("*" if term.is_open else "")
    return "(" + _quoted(term.instead, '"{}"', " OR ", phrase) + ")"


def _in_tsquery(term: core_query.Term) -> str:
    phrase = _quoted(term.stems, "'{}'", " <-> ") + (":*" if term.is_open else "")
    return "(" + _quoted(term.instead, "'{}'", " | ", phrase) + ")"


def _quoted(stems: Iterable[str], marks: str, between: str, *before: str) -> str:
    """Stems are letters and digits only: nothing in them could end the quotation marks."""
    return between.join([*before, *(marks.format(stem) for stem in stems)])


@compiles(says, "sqlite")
def _on_sqlite(element: says, compiler: SQLCompiler, **options: object) -> str:
    key, _, asked, _ = element.clauses
    words = f"{key.table.name}_words"
    id_, query = compiler.process(key, **options), compiler.process(asked, **options)
    return f"{id_} IN (SELECT rowid FROM {words} WHERE {words} MATCH {query})"  # noqa: S608


@compiles(says, "postgresql")
def _on_postgresql(element: says, compiler: SQLCompiler, **options: object) -> str:
    _, tokens, _, asked = element.clauses
    words = compiler.process(tokens, **options).removesuffix("tokens") + "words"  # the column beside it
    return f"{words} @@ to_tsquery('simple', {compiler.process(asked, **options)})"


def forget_erased(tokens: Tokens) -> None:
    """Let nothing of rows that are gone stay in the index of words of `tokens`. On SQLite the index keeps
    what was deleted until its parts are merged; on PostgreSQL it goes with the row's old versions.
    """
    if session.get_bind().dialect.name == "sqlite":
        words = f"{tokens.class_.__tablename__}_words"
        session.execute(text_clause(f"INSERT INTO {words} ({words}) VALUES ('optimize')"))  # noqa: S608
