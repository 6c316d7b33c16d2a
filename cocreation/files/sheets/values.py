"""Cells that are chosen from a list: the values no list knows, and what somebody says that they mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cocreation.files.sheets.columns import Column, NotAChoice, key_of, match_choice
from cocreation.languages.i18n import Lazy

EMPTY, AS_WRITTEN, CHOSEN = "empty", "written", "to:"  # what a value can be said to mean; CHOSEN and a choice
Said = Mapping[tuple[str, str], str]  # what is meant, by the key of a column and the value as it is compared


class ReadRow(Protocol):
    """A row of a table, with its place."""

    @property
    def sheet(self) -> str: ...

    @property
    def number(self) -> int: ...

    @property
    def values(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class ValueList:
    """What the cells of a column (`key`) are chosen from: what is written into a cell, and what people read.

    `is_known` says of a cell whether it is understood as it is written. `may_be_empty`: nothing may stand in
    its place; `stands_alone`: the rest of a row can be checked without it. `as_written`: what it means to
    keep a value no list knows, which is done unless somebody says otherwise; None where that cannot be.
    """

    key: str
    choices: Mapping[str, Lazy | str]
    is_known: Callable[[str], bool]
    may_be_empty: bool = True
    stands_alone: bool = True
    as_written: Lazy | None = None


@dataclass
class UnknownValue:
    """A value that a list does not know: how it is first written, where it stands, and what it is said to
    mean (`meant`, "" as long as nobody has said it).
    """

    column: Column
    of: ValueList
    text: str
    meant: str
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say what it means."""
        return not self.meant

    @property
    def choices(self) -> list[tuple[str, Lazy | str]]:
        """What it can be said to mean, besides what stands in none of the list."""
        return [(CHOSEN + choice, label) for choice, label in self.of.choices.items()]


def known_in(choices: Mapping[str, Sequence[str]]) -> Callable[[str], bool]:
    """Whether a value is one of `choices`, in the words of `match_choice`."""

    def is_known(value: str) -> bool:
        try:
            match_choice(value, choices)
        except NotAChoice:
            return False
        return True

    return is_known


def compared(text: str) -> str:
    """A value as it is told from others: two spellings of it are asked about once."""
    return key_of(text) or text


def unknown_values(
    rows: Sequence[ReadRow], columns: Iterable[Column], lists: Iterable[ValueList], said: Said
) -> list[UnknownValue]:
    """The values of these rows that no list knows, by column, what most rows have first."""
    titles, found = {column.key: column for column in columns}, list[UnknownValue]()
    for of in lists:
        of_list: dict[str, UnknownValue] = {}
        listed: dict[str, bool] = {}
        for row in rows:
            text = row.values[of.key]
            if text not in listed:
                listed[text] = not text or of.is_known(text)
            if not listed[text]:
                new = UnknownValue(titles[of.key], of, text, _meant(of, text, said))
                of_list.setdefault(compared(text), new).places.append((row.sheet, row.number))
        found += sorted(of_list.values(), key=lambda unknown: -len(unknown.places))
    return found


def _meant(of: ValueList, text: str, said: Said) -> str:
    """What a value is said to mean, if it can mean that."""
    meant = said.get((of.key, compared(text)), "")
    can_be = meant.startswith(CHOSEN) and meant.removeprefix(CHOSEN) in of.choices
    if can_be or (meant == EMPTY and of.may_be_empty):
        return meant
    return AS_WRITTEN if of.as_written else ""


def meanings(unknown: Iterable[UnknownValue]) -> dict[tuple[str, str], UnknownValue]:
    """Values by the key of their column and as they are compared."""
    return {(value.column.key, compared(value.text)): value for value in unknown}


def with_meanings(
    values: Mapping[str, str], meant: Mapping[tuple[str, str], UnknownValue]
) -> dict[str, str] | None:
    """The cells of a row with what their values are said to mean; an open value is left empty, and where the
    rest cannot be checked without it, there is no row (None).
    """
    cells = dict(values)
    for key in {key for key, _text in meant}:
        value = meant.get((key, compared(values[key]))) if values[key] else None
        if value is None or value.meant == AS_WRITTEN:
            continue
        if value.is_open and not value.of.stands_alone:
            return None
        cells[key] = value.meant.removeprefix(CHOSEN) if value.meant.startswith(CHOSEN) else ""
    return cells
