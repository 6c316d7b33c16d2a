"""Which small counts are hidden, and what else with them, so that nobody can work them out.

A table has a row for each answer people gave (an age bracket, a province…) and three columns, each a part of
the one before: registered, confirmed, present. Its totals are public. Small (one to four people) must stay
unknown: each count, and each difference of two columns, which is a count of people too (who had no place, who
did not come). What a reader can work out is found as they would: from what is shown, from what the words
instead of a hidden count say ("fewer than 5": one to four; "hidden": five or more), from the totals, and from
each column being part of the one before. As long as that fixes something small, one more count is hidden;
where nothing is left to hide, a whole column is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from cocreation.languages.i18n import Lazy, lazy_gettext as _l

SMALLEST_SHOWN = 5  # people
FEW = _l("fewer than %(count)s", count=SMALLEST_SHOWN)
HIDDEN = _l("hidden")
REGISTERED, CONFIRMED, PRESENT = COLUMNS = range(3)
# confirmed - present, registered - confirmed, registered - present
ABSENT, PLACELESS, MISSED = 3, 4, 5
# Each whole and its two parts.
SUMS = (
    (CONFIRMED, PRESENT, ABSENT),
    (REGISTERED, CONFIRMED, PLACELESS),
    (REGISTERED, PRESENT, MISSED),
    (MISSED, ABSENT, PLACELESS),
)

Key = TypeVar("Key", bound=Hashable)
Row = tuple[int, int, int]
Figure = int | Lazy  # as people see it
Cells = tuple[Figure, Figure, Figure]
Rows = Sequence[tuple[object, Figure | Cells]]  # a table: what each row is about, and its counts
Bounds = list[list[int]]  # for each column and difference: the least and the most it can be

# Each count that must stay unknown, and the columns in which to hide more of it, the first one first.
# The counts of confirmed people are the main ones: they are hidden last.
WATCHED = (
    (CONFIRMED, (CONFIRMED,)),
    (PRESENT, (PRESENT,)),
    (REGISTERED, (REGISTERED,)),
    (ABSENT, (PRESENT, CONFIRMED)),
    (PLACELESS, (REGISTERED, CONFIRMED)),
    (MISSED, (PRESENT, REGISTERED)),
)


@dataclass
class Hidden:
    """The cells (row, column) that are hidden, and the columns hidden whole, zeros included."""

    cells: set[tuple[Hashable, int]] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def __contains__(self, cell: tuple[Hashable, int]) -> bool:
        return cell[1] in self.columns or cell in self.cells


def hide(rows: Mapping[Key, Row]) -> Hidden:
    """What to hide of a table. Zero is shown, as long as its column is."""
    some = {key: row for key, row in rows.items() if any(row)}
    hidden = Hidden({(key, at) for key, row in some.items() for at in COLUMNS if is_small(row[at])})
    while leak := next(_leaks(some, hidden), None):
        if not _hide_more(some, hidden, *leak):
            break
    return hidden


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def shown_parts(total: Mapping[str, int], part: Mapping[str, int]) -> dict[str, tuple[Figure, Figure]]:
    """Counts and those of a part of them, by anything, as people see them."""
    rows: dict[str, Row] = {key: (count, part[key], part[key]) for key, count in total.items()}
    hidden = hide(rows)
    found = {}
    for key, row in rows.items():
        whole_shown, *twice = cells(key, row, hidden)
        # The part stands in two columns: where either is hidden, it is.
        found[key] = whole_shown, next((cell for cell in twice if not isinstance(cell, int)), twice[0])
    return found


def has_hidden(rows: Rows) -> bool:
    """Whether a table hides something, which the page then explains."""
    figures = (cell for _, row in rows for cell in (row if isinstance(row, tuple) else (row,)))
    return any(not isinstance(cell, int) for cell in figures)


def cells(key: str, row: Row, hidden: Hidden) -> Cells:
    """The three counts of a row as people see them."""
    shown = [figure(count, (key, at), hidden) for at, count in enumerate(row)]
    return (shown[0], shown[1], shown[2])


def figure(count: int, cell: tuple[object, int], hidden: Hidden) -> Figure:
    """A count as people see it."""
    if cell not in hidden:
        return count
    return FEW if 0 < count < SMALLEST_SHOWN and cell[1] not in hidden.columns else HIDDEN


def _leaks(rows: Mapping[Key, Row], hidden: Hidden) -> Iterator[tuple[Key, tuple[int, ...]]]:
    """The rows of which something small can be worked out, each with the columns to hide more of."""
    limits = {key: _bounds(row, key, hidden) for key, row in rows.items()}
    while any([_tighten(cell) for cell in limits.values()] + [_add_up(rows, limits)]):
        pass
    for key, row in rows.items():
        for what, columns in WATCHED:
            least, most = limits[key][what]
            if least == most and is_small(_count(row, what)):
                yield key, columns


def _hide_more(rows: Mapping[Key, Row], hidden: Hidden, key: Key, columns: tuple[int, ...]) -> bool:
    """Hide one more cell: that of the row itself, else the smallest that is left; else a whole column."""
    for at in (*columns, REGISTERED, PRESENT, CONFIRMED):
        left = [candidate for candidate, row in rows.items() if row[at] and (candidate, at) not in hidden]
        if not left:
            continue
        if key in left and at in columns:
            hidden.cells.add((key, at))
            return True
        # The first of equals: the order of the rows is always the same.
        neighbour = min(left, key=lambda candidate: rows[candidate][at])
        # Where the row is hidden alone the same neighbour goes too: one column would tell of the other.
        alone = [other for other in COLUMNS if [k for k, o in hidden.cells if o == other] == [key]]
        hidden.cells |= {(neighbour, other) for other in (at, *alone) if rows[neighbour][other]}
        return True
    for at in (*columns, PRESENT, REGISTERED, CONFIRMED):
        if at not in hidden.columns:
            hidden.columns.add(at)
            return True
    return False


def _bounds(row: Row, key: Hashable, hidden: Hidden) -> Bounds:
    """What a reader sees of a row, before any reckoning."""
    endless = 10**9
    bounds = []
    for at in COLUMNS:
        if at in hidden.columns:
            bounds.append([0, endless])
        elif (key, at) in hidden.cells:
            bounds.append([1, SMALLEST_SHOWN - 1] if is_small(row[at]) else [SMALLEST_SHOWN, endless])
        else:
            bounds.append([row[at], row[at]])
    return [*bounds, [0, endless], [0, endless], [0, endless]]


def _tighten(bounds: Bounds) -> bool:
    """Reckon within a row."""
    changed = False
    for total, part, rest in SUMS:
        changed |= _narrow(
            bounds[total], bounds[part][0] + bounds[rest][0], bounds[part][1] + bounds[rest][1]
        )
        for summand, other in ((part, rest), (rest, part)):
            least, most = bounds[total][0] - bounds[other][1], bounds[total][1] - bounds[other][0]
            changed |= _narrow(bounds[summand], least, most)
    return changed


def _add_up(rows: Mapping[Key, Row], limits: Mapping[Key, Bounds]) -> bool:
    """Reckon down a column, whose total is public."""
    changed = False
    for what, _ in WATCHED:
        total = sum(_count(row, what) for row in rows.values())
        least, most = (sum(cell[what][end] for cell in limits.values()) for end in (0, 1))
        for cell in limits.values():
            low, high = cell[what]
            changed |= _narrow(cell[what], total - (most - high), total - (least - low))
    return changed


def _narrow(bounds: list[int], least: int, most: int) -> bool:
    before = (bounds[0], bounds[1])
    bounds[0], bounds[1] = max(bounds[0], least), min(bounds[1], most)
    return before != (bounds[0], bounds[1])


def _count(row: Row, what: int) -> int:
    total, part = {
        ABSENT: (CONFIRMED, PRESENT),
        PLACELESS: (REGISTERED, CONFIRMED),
        MISSED: (REGISTERED, PRESENT),
    }.get(what, (what, None))
    return row[total] - (row[part] if part is not None else 0)
