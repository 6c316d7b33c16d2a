"""Who leaves a trace everywhere: everything of hers has TRACE in it. A mark of hers can be put in each column
that can hold a person's words, and looked for in the whole database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Column, LargeBinary, Table, text, update

from cocreation.core.database import session
from cocreation.core.personal_data import Keeper

TRACE = "zq77"
EMAIL, NAME = f"zineb.{TRACE}@example.org", f"Zineb {TRACE.title()}"
PHONE, TYPED = "+212661777712", "06 61 77 77 12"
PDF = f"%PDF-1.4\n1 0 obj\n{TRACE}\n%%EOF\n".encode()
OTHER = "omar@example.org"


@dataclass(frozen=True)
class Ways:
    """How the person said they can be reached."""

    email: str = EMAIL
    phone: str = TYPED


ALL, BY_PHONE = Ways(), Ways(email="")
# The pages that a receipt of theirs opens, in English and without the language.
Pages = list[str]


def mark(table: Table, condition: Any, but: tuple[str, ...] = ()) -> None:
    """Leave a trace in every column of these rows that a keeper says can hold a person's words."""
    names = {name for keeper in keepers() for name in keeper.columns.get(table.name, ())} - set(but)
    for name in sorted(names):
        column = table.c[name]
        session.execute(update(table).where(condition).values({name: _trace(column)}))
    session.commit()
    session.remove()


def _trace(column: Column[Any]) -> Any:
    words = f"{TRACE} {column.table.name} {column.name}"
    if isinstance(column.type, LargeBinary):
        return words.encode()
    if "TranslatedText" in type(column.type).__name__:
        return {"fr": words}
    return [words] if isinstance(column.type, JSON) else words


def keepers() -> tuple[Keeper, ...]:
    from cocreation.app import KEEPERS

    return KEEPERS


def keeper(name: str) -> Keeper:
    """The one of this name."""
    [found] = [keeper for keeper in keepers() if keeper.name == name]
    return found


def traces(app: Flask, *more: str) -> set[str]:
    """Where in the whole database something of the person stands, as table.column: in every table there is,
    those of the index of words too.
    """
    session.remove()
    needles = [needle.lower() for needle in (TRACE, PHONE[4:], *more)]
    found = set()
    for table, columns, rows in _everything():
        for row in rows:
            for name, value in zip(columns, row, strict=True):
                if any(needle in _said(value) for needle in needles):
                    found.add(f"{table}.{name}")
    session.remove()
    return found


def _said(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").lower()
    written = str(value).lower()
    return written + re.sub(r"[\s.-]", "", written)  # a number, however it is typed


def _everything() -> Iterator[tuple[str, list[str], Any]]:
    engine = session.get_bind()
    if engine.dialect.name == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    for table in session.execute(text(names)).scalars().all():
        result = session.execute(text(f'SELECT * FROM "{table}"'))
        yield table, list(result.keys()), result.all()
