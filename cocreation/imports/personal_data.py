"""What is kept of those who stand in a spreadsheet that somebody is importing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import delete, select
from sqlalchemy.orm import undefer

from cocreation.core.contacts import is_phone, mailbox, phone_number
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject
from cocreation.files.sheets.reader import Sheet, read
from cocreation.files.sheets.refusals import SheetRefused
from cocreation.imports.models import KeptSheet
from cocreation.imports.services import KEPT_FOR
from cocreation.languages.i18n import lazy_gettext as _l

KeptRow = tuple[str, str, int]  # the token of a file, its sheet, its row


def find_kept_sheets(subject: Subject) -> Sequence[KeptRow]:
    """The rows in which an address or a telephone of this person stands."""
    return [
        (kept.token, sheet.name, number)
        for kept, sheet in _sheets()
        for number, cells in sheet.rows
        if any(_is_of(subject, cell) for cell in cells)
    ]


def _sheets() -> Iterator[tuple[KeptSheet, Sheet]]:
    statement = select(KeptSheet).options(undefer(KeptSheet.content))
    for kept in session.scalars(statement.order_by(KeptSheet.kept_at, KeptSheet.token)):
        with suppress(SheetRefused):  # it was read once, by an older version perhaps
            for sheet in read(kept.content, kept.name):
                yield kept, sheet


def _is_of(subject: Subject, cell: str) -> bool:
    if "@" in cell:
        return mailbox(cell) in subject.emails
    return is_phone(cell) and phone_number(cell) in subject.phones


def export_kept_sheets(keys: Sequence[KeptRow]) -> Export:
    """Their own rows, not the file: it holds others."""
    wanted = set(keys)
    return Export(
        [
            {"name": kept.name, "kept_at": kept.kept_at.isoformat(), "content": cells}
            for kept, sheet in _sheets()
            for number, cells in sheet.rows
            if (kept.token, sheet.name, number) in wanted
        ]
    )


def erase_kept_sheets(keys: Sequence[KeptRow], _erasure: Erasure) -> None:
    """The whole file; whoever was importing it chooses it again."""
    tokens = {token for token, _sheet, _row in keys}
    session.execute(delete(KeptSheet).where(KeptSheet.token.in_(tokens)))


KEEPERS = (
    Keeper(
        name="spreadsheets",
        what=_l("A list that somebody of the staff is importing, in which you stand"),
        why=_l("So that the file need not be chosen again between the check and the import"),
        seen_by=_l("Whoever of the staff brought it"),
        term=_l("Until it is imported, or %(hours)s hours").filled(hours=KEPT_FOR.seconds // 3600),
        chore="forget spreadsheets",
        columns={"kept_sheets": ("name", "content")},
        spared={
            "kept_sheets.token": "a random key",
            "kept_sheets.purpose": "an address of ours",
            "kept_sheets.guidance": "what the columns and the values of lists mean, never a name",
        },
        find=find_kept_sheets,
        export=export_kept_sheets,
        erase=erase_kept_sheets,
    ),
)
