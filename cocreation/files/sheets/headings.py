"""What stands above the columns of a sheet, and what each is read as."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cocreation.files.sheets.columns import EXTRAS, ORDER, Names, says_nothing
from cocreation.files.sheets.positions import column_name
from cocreation.languages.i18n import Lazy, everywhere, lazy_gettext as _l
from cocreation.text.cleanup import excerpt
from cocreation.text.spelling import fold

SHOWN = 60  # characters of a cell that are shown to be recognised by
NAMELESS = _l("Column %(column)s")
LEFT_OUT = Names(EXTRAS)

_NO_WORDS = re.compile(r"[\W\d_]*")


class Standing(Enum):
    """What a heading is: read as a column; known to be left out; not known, or read already from another."""

    READ = "read"
    EXTRA = "extra"
    UNKNOWN = "unknown"
    TWICE = "twice"


@dataclass(frozen=True)
class Heading:
    """A column of a file as it was found: its place from 0, what stands above it, how its first cell begins,
    and what it is read as (`key`, None where it is left out).
    """

    index: int
    title: str
    sample: str
    standing: Standing
    key: str | None = None

    @property
    def name(self) -> str | Lazy:
        return self.title or NAMELESS.filled(column=column_name(self.index + 1))

    @property
    def names(self) -> tuple[str, ...]:
        """What somebody may have called it, in whichever language they saw it."""
        return (self.title,) if self.title else everywhere(self.name)

    @property
    def is_undecided(self) -> bool:
        """Whether somebody has to say what it is, before it is left out."""
        return self.standing in (Standing.UNKNOWN, Standing.TWICE)

    @property
    def is_order(self) -> bool:
        """Whether it numbers the lines and is not read."""
        return not self.key and LEFT_OUT.find(self.title) is ORDER


def find_headings(
    titles: Sequence[str], cells: Sequence[Sequence[str]], names: Names, chosen: Mapping[str, str]
) -> list[Heading]:
    """The columns that have a title or something below it (`cells`). What was `chosen` for a name holds, then
    what the words of the title mean.
    """
    seen: list[Heading] = []
    for index, (title, below) in enumerate(zip(titles, cells, strict=True)):
        if title or below:
            seen.append(_seen(index, title, below, {heading.title for heading in seen}))
    said = {heading.index: chosen[name] for heading in seen for name in heading.names if name in chosen}
    headings: list[Heading] = []
    for heading in seen:
        taken = {found.key for found in headings}
        if heading.index in said:
            headings.append(_as_chosen(heading, said[heading.index], taken))
        else:
            below = cells[heading.index]
            headings.append(_as_titled(heading, names, taken | set(said.values()), below))
    return headings


def _seen(index: int, title: str, below: Sequence[str], others: set[str]) -> Heading:
    """A column before anything is known of it; two of one name are told apart."""
    if title and title in others:
        title = f"{title} ({column_name(index + 1)})"
    sample = excerpt(next((cell for cell in below if not says_nothing(cell)), ""), SHOWN)
    return Heading(index, title, sample, Standing.UNKNOWN)


def _as_chosen(heading: Heading, key: str, taken: set[str | None]) -> Heading:
    if not key:
        return replace(heading, standing=Standing.EXTRA)
    return replace(heading, standing=Standing.READ, key=None if key in taken else key)


def _as_titled(heading: Heading, names: Names, taken: set[str | None], below: Sequence[str]) -> Heading:
    column = names.find(heading.title) or LEFT_OUT.find(heading.title)
    if column is None:
        is_nothing = not heading.title and all(map(is_number, below))
        return replace(heading, standing=Standing.EXTRA) if is_nothing or not below else heading
    if column.only_given or column in EXTRAS:
        return replace(heading, standing=Standing.EXTRA)
    if column.key not in taken:
        return replace(heading, standing=Standing.READ, key=column.key)
    return replace(heading, standing=Standing.TWICE if below else Standing.EXTRA)


def is_number(cell: str) -> bool:
    """Whether there is no letter in it."""
    return _NO_WORDS.fullmatch(fold(cell)) is not None
