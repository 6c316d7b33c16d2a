"""What a room says of the personal data it keeps, so that one act finds, exports and erases all of it.

Each room that keeps something of a person offers `Keeper`s in `<room>/personal_data.py`; `app.py` lists them,
and the room `privacy` alone uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core import secrets
from cocreation.core.database import Base, Row, insert_new, session
from cocreation.languages.i18n import Lazy

# What stands where a name stood that has to be there.
NOBODY = "–"
Key = TypeVar("Key")  # by which a keeper names its rows


@dataclass(frozen=True)
class Subject:
    """By what somebody is looked for: addresses in small letters, telephones as `contacts.phone_number`
    writes them, receipts as `secrets.read_receipt` does; `names` only where the staff looks through lists.
    """

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    receipts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.emails or self.phones or self.receipts)


@dataclass
class Erasure:
    """One act of erasing. Keepers add to `receipts` what opened the rows they erased, and to `contacts_gone`
    those whom somebody was to be reached through: (an association, the id of a meeting or None).

    `leaves_ideas` says that the words of public ideas stay, without an author.
    """

    now: datetime
    by: int | None = None
    leaves_ideas: bool = False
    receipts: set[str] = field(default_factory=set)
    contacts_gone: set[tuple[str, int | None]] = field(default_factory=set)


@dataclass
class Export:
    """Rows as JSON can carry them, and files by name."""

    rows: list[dict[str, object]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Keeper(Generic[Key]):
    """One kind of personal data, and how its room finds, exports and erases it.

    `columns` are those that can hold a person's words, by table; `spared` the other columns of text of these
    tables, with why they stay. `chore` is the name of the worker's chore that carries out `term`, "" where it
    is kept as long as what it belongs to. `find` gives keys, which the others take.
    """

    name: str
    what: Lazy
    why: Lazy
    seen_by: Lazy
    term: Lazy
    columns: Mapping[str, tuple[str, ...]]
    find: Callable[[Subject], Sequence[Key]]
    export: Callable[[Sequence[Key]], Export]
    erase: Callable[[Sequence[Key], Erasure], None]
    spared: Mapping[str, str] = field(default_factory=dict)
    stays: Lazy | None = None
    chore: str = ""
    names: Callable[[Sequence[Key]], Iterable[str | None]] = lambda keys: ()
    # What of the keys cannot be erased now, and why; they are left out of `erase`.
    kept: Callable[[Sequence[Key]], Mapping[Key, Lazy]] = lambda keys: {}


class ErasedReceipt(Base):
    """A receipt whose holder was erased, so that it says that and nothing else. Only its digest is kept."""

    __tablename__ = "erased_receipts"

    digest: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]


def mark_erased(receipts: Iterable[str], *, now: datetime) -> None:
    """From now on these receipts open nothing but a sentence."""
    for digest in sorted({secrets.digest(receipt) for receipt in receipts if receipt}):
        session.execute(insert_new(ErasedReceipt).values(digest=digest, erased_at=now))


def is_erased(receipt: str) -> bool:
    """Whether what this receipt (as `secrets.read_receipt` gives it) opened was erased. One statement,
    whatever was typed: a guess is not told by its time.
    """
    statement = select(exists().where(ErasedReceipt.digest == secrets.digest(receipt)))
    return bool(session.scalar(statement))


def rows_of(statement: Select[Row], *, but: Iterable[str] = ()) -> list[dict[str, object]]:
    """The rows a statement of one entity reads, by the names of their columns, without those of `but`."""
    return [row_of(row, but=but) for row in session.scalars(statement).unique()]


def row_of(row: Base, *, but: Iterable[str] = ()) -> dict[str, object]:
    """The columns of a row that were read, as JSON can carry them."""
    names = {column.key: column.columns[0].name for column in type(row).__mapper__.column_attrs}
    read = row.__dict__
    return {name: plain(read[key]) for key, name in names.items() if key in read and name not in set(but)}


def plain(value: object) -> object:
    """A value of a column as JSON can carry it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value
