"""The steps of an import, the same for every list: what the views of three rooms share.

LIST = files_of()

@takes_files(LIST)
def import_participants(reference):
    outcome = carry_out(SheetImportForm(), LIST, COLUMNS, lambda rows, write: …)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from flask import request

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.files.sheets.columns import Column
from cocreation.files.sheets.layout import Guidance, Remark
from cocreation.files.sheets.reader import Sheet, read
from cocreation.files.sheets.refusals import RowError, SheetRefused
from cocreation.files.sheets.table import FileTable, Row
from cocreation.files.sheets.values import AS_WRITTEN, UnknownValue, ValueList
from cocreation.imports import queries, services
from cocreation.imports.forms import SheetImportForm, as_json, from_json
from cocreation.imports.models import KeptSheet
from cocreation.imports.refusals import FileNotKept, ValuesUnknown
from cocreation.languages.i18n import Lazy
from cocreation.text.cleanup import clean_line
from cocreation.text.markup import isolate_text
from cocreation.web import transaction, uploads
from cocreation.web.access import current_person

Found = TypeVar("Found")
MOST_OF_A_NAME = 100  # characters
MOST_AT_ONCE = 40  # values that are matched by hand
Place = tuple[str | None, int | None]  # a sheet and a row


@dataclass(frozen=True)
class SentFile:
    """The spreadsheet of this request; once it is kept, `token` finds it again."""

    name: str
    content: bytes
    sheets: Sequence[Sheet]
    token: str = ""


@dataclass
class Outcome(Generic[Found]):
    """Where an import stands: the file and how it was understood, what the room makes of its rows
    (`found`), and the same once it is `written`. `errors` are what must be corrected.
    """

    name: str
    token: str
    table: FileTable
    found: Found | None
    written: Found | None
    errors: Sequence[RowError] = ()

    @property
    def error_kinds(self) -> list[ErrorKind]:
        """What must be corrected by kind, what most rows have first."""
        kinds: dict[str, ErrorKind] = {}
        for error in self.errors:
            kind = kinds.setdefault(error.sentence.message, ErrorKind())
            kind.places[error.sentence].append((error.sheet, error.row))
        return sorted(kinds.values(), key=lambda kind: -kind.count)

    @property
    def values(self) -> list[UnknownValue]:
        """The values that no list knows: those somebody has matched, and the first of the others."""
        later = {id(value) for value in self._open[MOST_AT_ONCE:]}
        return [value for value in self.table.unknown if id(value) not in later]

    @property
    def open_values(self) -> int:
        """How many of them nobody has matched yet."""
        return len(self._open)

    @property
    def asks_values(self) -> bool:
        """Whether some of them wait to be matched, are kept as they are because nobody has said more, or may
        be matched wrongly.
        """
        return not self.found or any(value.meant in ("", AS_WRITTEN) for value in self.table.unknown)

    @property
    def later_values(self) -> int:
        """How many are asked about after the first."""
        return max(0, len(self._open) - MOST_AT_ONCE)

    @property
    def _open(self) -> list[UnknownValue]:
        return [value for value in self.table.unknown if value.is_open]

    @property
    def remarks(self) -> list[tuple[Lazy, list[str], str]]:
        """What was not read as it stands there, by kind: some of it, and in which rows."""
        kinds: dict[Lazy, list[Remark]] = defaultdict(list)
        for remark in self.table.remarks:
            kinds[remark.sentence].append(remark)
        return [
            (
                sentence,
                list(dict.fromkeys(remark.text for remark in remarks if remark.text)),
                self.where([(remark.sheet, remark.row) for remark in remarks]),
            )
            for sentence, remarks in kinds.items()
        ]

    def where(self, places: Sequence[Place]) -> str:
        """The rows of these places, "3–5, 9"; with the names of their sheets where several are read."""
        rows: dict[str, list[int]] = defaultdict(list)
        for sheet, row in places:
            if sheet is not None and row is not None:
                rows[sheet].append(row)
        if len(self.table.read) == 1:
            return "; ".join(map(_ranges, rows.values()))
        return "; ".join(f"{isolate_text(sheet)} {_ranges(numbers)}" for sheet, numbers in rows.items())


class ErrorKind:
    """Mistakes of one kind: each sentence with where it is so."""

    def __init__(self) -> None:
        self.places: dict[Lazy, list[Place]] = defaultdict(list)

    @property
    def count(self) -> int:
        return sum(map(len, self.places.values()))


def _ranges(rows: Sequence[int]) -> str:
    numbers = sorted(set(rows))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = (f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return isolate_text(", ".join(said))


def carry_out(
    form: SheetImportForm,
    files: uploads.Files[SentFile],
    columns: Sequence[Column],
    work: Callable[[Sequence[Row], bool], Found],
    lists: Callable[[], Sequence[ValueList]] = tuple,
) -> Outcome[Found] | None:
    """Read the file of this request by `columns` and let `work` check its rows or, once that was asked for,
    write them; None where no file came or none that can be read. What is wrong stands in the form. Values
    that none of `lists` knows are matched by hand, and nothing is written before all of them are.

    The file is kept until it is written, also where it is refused: its columns can then be matched otherwise.
    A file nobody has seen understood is written only where there is nothing to decide.
    """
    if request.form.get("act") == "forget":
        forget_file()
        return None
    if not form.submitted() or (sent := form.attempt(_sent, files)) is None:
        return None
    table = FileTable(sent.sheets, columns, _guidance(form, sent), lists())
    found = form.attempt(_tried, table, form, work)
    written = found if form.writes else None
    errors = form.refusal.errors if isinstance(form.refusal, SheetRefused) else ()
    token = _keep(sent, table.guidance, is_written=written is not None)
    return Outcome(sent.name, token, table, found, written, errors)


def forget_file() -> None:
    """Erase the file that is being imported at this address."""
    services.forget(current_person().id, purpose())


def waiting_file() -> KeptSheet | None:
    """What this person was importing at this address and has neither imported nor erased."""
    return queries.waiting_sheet(current_person().id, purpose(), clock.now() - services.KEPT_FOR)


def files_of(field: str = "file") -> uploads.Files[SentFile]:
    """The spreadsheet of an import: the one that came, else the one that is kept."""
    return uploads.Files(field, uploads.one_by_one(_read), source=_brought_or_kept)


def purpose() -> str:
    """The address of this import, the same in every language."""
    return request.path.split("/", 2)[2]


def _brought_or_kept(field: str) -> list[uploads.Given]:
    came, token = uploads.brought(field), clean_line(request.form.get("kept"))
    if came or not token:
        return came
    kept = queries.kept_sheet(token, current_person().id, purpose(), clock.now() - services.KEPT_FOR)
    given = [(kept.name, kept.content)] if kept else []
    transaction.end_reading()  # nobody waits for the database while a workbook is unpacked
    return given


def _read(name: str, content: bytes) -> SentFile:
    return SentFile(name, content, read(content, name))


def _sent(files: uploads.Files[SentFile]) -> SentFile:
    """Raises why the file cannot be read; FileNotKept."""
    if form_token := request.form.get("kept") if not uploads.brought(files.field) else "":
        if not files.taken():
            raise FileNotKept
        return replace(files.the_one(), token=form_token)
    return files.the_one()


def _tried(table: FileTable, form: SheetImportForm, work: Callable[[Sequence[Row], bool], Found]) -> Found:
    rows = table.rows(is_shown=form.was_shown or not form.writes)
    is_open = any(value.is_open for value in table.unknown)
    with session.begin_nested():  # whatever is refused half-way leaves nothing behind but the file
        found = work(rows, form.writes and not is_open)
    if is_open:
        raise ValuesUnknown
    return found


def _guidance(form: SheetImportForm, sent: SentFile) -> Guidance:
    """What was said of the file: on the page, else before it was left to wait, or of the one before it."""
    if form.was_shown:
        return form.guidance
    kept = waiting_file()
    return from_json(kept.guidance if kept else None, is_same_file=bool(sent.token))


def _keep(sent: SentFile, guidance: Guidance, *, is_written: bool) -> str:
    """Keep the file and what was said of it for the next step; the token that finds it."""
    if is_written:
        forget_file()
        return ""
    transaction.keep()
    token = sent.token
    if not token:
        person, now = current_person(), clock.now()
        name = clean_line(sent.name)[-MOST_OF_A_NAME:]  # its end says what kind of file it is
        token = services.keep(person.id, purpose(), name, sent.content, now=now)
    services.remember(token, as_json(guidance))
    return token
