"""What stands beside what in a table of outputs: problems, the solutions to them, the results of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, product

from cocreation.files.sheets.table import Row
from cocreation.text.spelling import fold
from cocreation.workshops.models import FOLLOWS, LineKind
from cocreation.workshops.sheet_columns import OF_KIND, SIDE_BY_SIDE
from cocreation.workshops.sheet_lines import SheetLine

Link = tuple[SheetLine, SheetLine]  # a line, and the one that follows from it


def are_side_by_side(rows: Iterable[Row]) -> bool:
    """Whether lines of several kinds stand in columns of their own."""
    return len({key for row in rows for key in SIDE_BY_SIDE if row[key]}) > 1


def belong_together(rows: Iterable[Row]) -> bool:
    """Whether what stands in one row seems to belong together: cells are merged over several rows, or are
    written once with empty ones beneath, or every row is full. Lists of different lengths beside each other,
    each filled from its top, do not.
    """
    return all(_belong_together(list(of_workshop)) for of_workshop in _by_workshop(rows))


def _by_workshop(rows: Iterable[Row]) -> Iterator[Iterable[Row]]:
    for _place, of_workshop in groupby(rows, lambda row: (row.sheet, fold(row["workshop"]))):
        yield of_workshop


def _belong_together(rows: Sequence[Row]) -> bool:
    keys = [key for key in SIDE_BY_SIDE if any(row[key] for row in rows)]
    if len(keys) < 2 or any(row.beneath.intersection(keys) for row in rows):
        return True
    columns = [[bool(row[key]) for row in rows] for key in keys]
    return all(map(all, columns)) or any(map(_has_gaps, columns))


def _has_gaps(column: Sequence[bool]) -> bool:
    return (False, True) in pairwise(column)


def links_of(lines: Iterable[SheetLine]) -> list[Link]:
    """The links among lines in the order of their rows. A cell that is merged, or written once, belongs to
    all rows it stands for. Of several lines in one cell and several in the next nobody can say which belong
    together.
    """
    links: list[Link] = []
    standing: dict[LineKind, list[SheetLine]] = {}
    before: tuple[str, str] | None = None
    for (sheet, _number), in_row in groupby(lines, lambda line: (line.row.sheet, line.row.number)):
        own = _of_kinds(in_row)
        line = next(said for said in own.values())[0]
        if before != (before := (sheet, fold(line.workshop))):
            standing = {}
        merged = {kind for kind, column in OF_KIND.items() if column.key in line.row.beneath}
        standing = _standing(standing, own, merged)
        for kind, source in FOLLOWS.items():
            if own.get(kind) or (own.get(source) and kind in merged):
                links += _links(standing.get(source, ()), standing.get(kind, ()))
    return links


def _of_kinds(lines: Iterable[SheetLine]) -> dict[LineKind, list[SheetLine]]:
    found = defaultdict[LineKind, list[SheetLine]](list)
    for line in lines:
        found[line.kind].append(line)
    return dict(found)


def _standing(
    above: dict[LineKind, list[SheetLine]], own: dict[LineKind, list[SheetLine]], merged: set[LineKind]
) -> dict[LineKind, list[SheetLine]]:
    """What each column says of a row: its own lines, else those above, which a new line before them ends
    unless they are merged into it.
    """
    said: dict[LineKind, list[SheetLine]] = {}
    is_new = False
    for kind in LineKind:
        if kind in own:
            said[kind], is_new = own[kind], True
        elif kind in above and (kind in merged or not is_new):
            said[kind] = above[kind]
    return said


def _links(sources: Sequence[SheetLine], following: Sequence[SheetLine]) -> Iterator[Link]:
    return product(sources, following) if 1 in (len(sources), len(following)) else iter(())
