"""Lists that cost the same on the first page and on the thousandth: keyset paging."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, UnaryExpression, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import OperatorType

from cocreation.core.database import session
from cocreation.core.errors import Invalid
from cocreation.languages.i18n import lazy_gettext as _l

Item = TypeVar("Item")
Key = InstrumentedAttribute[object]  # a column a list is ordered by
Keys = Sequence[Key]
Order = Sequence[UnaryExpression[object]]
NEAR = 2000  # rows that are quickly looked through one by one
LONGEST = 4000  # characters of a cursor: a name of 200 letters, each written as \u0000, in base 64, and room


class BadCursor(Invalid):
    """A place in a list that no page gave out: tampered with, or cut on its way."""

    status = 400
    sentence = _l("This address of a page of a list is not whole. Open the list again from its beginning.")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows of a list, with the cursors of its neighbours (None at an end)."""

    items: list[Item]
    next: str | None = None
    previous: str | None = None

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Condition:
    """One condition, said as it is quick for a row at hand, and as it is quick for all at once."""

    row_by_row: ColumnElement[bool]
    of_all: ColumnElement[bool]


def page(
    statement: Select[Item],
    *keys: Key,
    cursor: str | None = None,
    size: int = 20,
    descending: bool = True,
    condition: Condition | None = None,
) -> Page[Item]:
    """One page of `statement` ordered by `keys`, the last of which is unique, after or before `cursor`.

    `condition` is one more condition, of which no index knows the order: a word, for instance, that half of
    the rows say or none. It is looked for `_near` first, and everywhere only where that was not enough.

    Cursors are opaque: "<" or ">" and the values of the keys of the row at the edge.
    Raises BadCursor for one nobody gave out.
    """
    backwards, edge = _read(cursor, keys) if cursor else (False, None)
    falling = descending != backwards
    if edge is not None:
        statement = statement.where(_beyond(keys, edge, falling))
    order = [key.desc() if falling else key.asc() for key in keys]
    if condition is not None:
        statement = statement.where(_near_or_far(statement, keys, order, condition, size + 1))
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


def cursor_after(row: object, *keys: Key) -> str:
    """The cursor of the page that begins behind `row`."""
    return _write(">", row, keys)


def _near_or_far(
    statement: Select[Item], keys: Keys, order: Order, condition: Condition, most: int
) -> ColumnElement[bool]:
    """That a row is one of the first `most` that meet the condition.

    They are among the next NEAR rows of the list where the condition is often met. Else few rows meet it, and
    all of them are taken from its index and sorted: what is rare is cheap to find that way, what is frequent
    the other, and neither relies on a guess of how frequent it is.
    """
    ways = [key.modifier for key in order]
    within = (
        select(*keys).where(statement.whereclause) if statement.whereclause is not None else select(*keys)
    )
    next_rows = (
        within.add_columns(condition.row_by_row.label("meets")).order_by(*order).limit(NEAR).subquery()
    )
    near = _first(next_rows, keys, ways, most, next_rows.c.meets).cte("near")
    is_short = select(func.count()).select_from(near).scalar_subquery() < most
    hits = (
        within.where(condition.of_all, is_short).cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
    )
    far = _first(hits, keys, ways, most).subquery()
    return keys[-1].in_(select(near).union_all(select(far)))


def _first(
    rows: FromClause, keys: Keys, ways: Sequence[OperatorType | None], most: int, *met: ColumnElement[bool]
) -> Select[object]:
    """The last key of the first of `rows`, in the order of the list."""
    own = [rows.c[key.key] for key in keys]
    order: list[UnaryExpression[object]] = [
        UnaryExpression(key, modifier=way) for key, way in zip(own, ways, strict=True)
    ]
    return select(own[-1]).where(*met).order_by(*order).limit(most)


def _beyond(keys: Keys, edge: Sequence[object], falling: bool) -> ColumnElement[bool]:
    """(a, b) past (x, y), spelled out since SQLite and PostgreSQL index it alike only that way; that a is
    not before x is said once more, for it is where both of them begin to read the index.
    """
    first = keys[0] <= edge[0] if falling else keys[0] >= edge[0]
    cases = []
    for i, key in enumerate(keys):
        past = key < edge[i] if falling else key > edge[i]
        cases.append(and_(*(same == value for same, value in zip(keys[:i], edge[:i], strict=True)), past))
    return and_(first, or_(*cases))


def _write(direction: str, row: object, keys: Keys) -> str:
    values = [getattr(row, key.key) for key in keys]
    text = json.dumps([_packed(value) for value in values])
    return base64.urlsafe_b64encode((direction + text).encode()).decode().rstrip("=")


def _read(cursor: str, keys: Keys) -> tuple[bool, list[object]]:
    try:
        if len(cursor) > LONGEST:
            raise ValueError(cursor[:20])
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        values = json.loads(text[1:])
        edge = [_checked(_unpacked(value), key) for value, key in zip(values, keys, strict=True)]
        if text[0] not in "<>":
            raise ValueError(text[0])
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError) as error:
        raise BadCursor from error
    return text[0] == "<", edge


def _checked(value: object, key: Key) -> object:
    """`value` as the column of `key` can be compared with it on both databases. Raises ValueError."""
    if type(value) is not key.type.python_type:
        raise ValueError(type(value))
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment without its zone")
        return value.astimezone(UTC)
    if isinstance(value, int) and abs(value) >= 2 ** (63 if isinstance(key.type, BigInteger) else 31):
        raise ValueError("a number no column holds")
    if isinstance(value, str) and "\0" in value.encode().decode():  # half a surrogate pair cannot be encoded
        raise ValueError("a text no database holds")
    return value


def _packed(value: object) -> object:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"on": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["on"])
