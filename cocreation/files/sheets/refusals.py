"""What is wrong with a spreadsheet, said by sheet and row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, Protocol

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


@dataclass(frozen=True)
class RowError:
    """One thing to correct. Without `sheet` it is about the file, without `row` about the sheet."""

    sheet: str | None
    row: int | None
    sentence: Lazy

    def told(self) -> Lazy:
        """The sentence with its place."""
        if self.sheet is None:
            return self.sentence
        if self.row is None:
            return _l("Sheet “%(sheet)s”: %(sentence)s", sheet=self.sheet, sentence=self.sentence)
        return _l(
            "Sheet “%(sheet)s”, row %(row)s: %(sentence)s",
            sheet=self.sheet,
            row=str(self.row),
            sentence=self.sentence,
        )

    def __str__(self) -> str:
        return str(self.told())


class SheetRefused(Invalid):
    """A spreadsheet that cannot be used as it is. Nothing of it was written; `errors` say why."""

    sentence = _l("%(count)s things must be corrected in this file first. Nothing of it was kept.")

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = list(errors)
        super().__init__(errors[0].told() if len(errors) == 1 else None, count=len(errors))


class Problems:
    """Everything found wrong with the rows of a file, so that people hear of it all at once."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []

    @contextmanager
    def at(self, row: "SheetPlace") -> Iterator[None]:
        """Note a refusal raised inside the block as one of this row, and go on."""
        try:
            yield
        except SheetRefused as refused:
            self.errors += refused.errors
        except Refusal as refusal:
            self.errors.append(RowError(row.sheet, row.number, refusal.sentence))

    def refuse(self) -> None:
        """Raise SheetRefused if anything was noted."""
        if self.errors:
            raise SheetRefused(self.errors)


class SheetPlace(Protocol):
    """What has a sheet and a row number."""

    @property
    def sheet(self) -> str: ...

    @property
    def number(self) -> int: ...


def refuse_file(sentence: Lazy, **values: object) -> NoReturn:
    """Raise SheetRefused about the file as a whole."""
    raise SheetRefused([RowError(None, None, sentence.filled(**values))])
