"""Lists that cost the same on the first page and on the thousandth: keyset paging."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from cocreation.core.database import session
from cocreation.core.errors import Invalid

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows of a list, with the cursors of its neighbours (None at an end)."""

    items: list[Item]
    next: str | None = None
    previous: str | None = None

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(
    statement: Select[Any],
    *keys: InstrumentedAttribute[Any],
    cursor: str | None = None,
    size: int = 20,
    descending: bool = True,
) -> Page[Item]:
    """One page of `statement` ordered by `keys`, the last of which is unique, after or before `cursor`.

    Cursors are opaque: "<" or ">" and the values of the keys of the row at the edge.
    Raises Invalid for a cursor nobody gave out.
    """
    backwards, edge = _read(cursor, keys) if cursor else (False, None)
    falling = descending != backwards
    if edge is not None:
        statement = statement.where(_beyond(keys, edge, falling))
    order = [key.desc() if falling else key.asc() for key in keys]
    rows = list(session.scalars(statement.order_by(None).order_by(*order).limit(size + 1)).unique())
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before = more if backwards else edge is not None
    after = True if backwards else more
    return Page(
        rows,
        next=_write(">", rows[-1], keys) if rows and after else None,
        previous=_write("<", rows[0], keys) if rows and before else None,
    )


def _beyond(keys: Sequence[Any], edge: Sequence[Any], falling: bool) -> ColumnElement[bool]:
    """(a, b) past (x, y), spelled out since SQLite and PostgreSQL index it alike only that way; that a is
    not before x is said once more, for it is where both of them begin to read the index.
    """
    first = keys[0] <= edge[0] if falling else keys[0] >= edge[0]
    cases = []
    for i, key in enumerate(keys):
        past = key < edge[i] if falling else key > edge[i]
        cases.append(and_(*(same == value for same, value in zip(keys[:i], edge[:i], strict=True)), past))
    return and_(first, or_(*cases))


def _write(direction: str, row: Any, keys: Sequence[Any]) -> str:
    values = [getattr(row, key.key) for key in keys]
    text = json.dumps([_packed(value) for value in values])
    return base64.urlsafe_b64encode((direction + text).encode()).decode().rstrip("=")


def _read(cursor: str, keys: Sequence[Any]) -> tuple[bool, list[Any]]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        values = json.loads(text[1:])
        edge = [_unpacked(value) for value in values]
        fits = [type(value) is key.type.python_type for value, key in zip(edge, keys, strict=True)]
        if text[0] not in "<>" or not all(fits):
            raise ValueError(cursor)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise Invalid from error
    return text[0] == "<", edge


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"on": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["on"])
