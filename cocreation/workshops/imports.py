"""Outputs from a spreadsheet: what was understood is shown first, then all of it is written, or nothing.

A file imported twice adds nothing the second time: lines are compared as a multiset, since a table may
well have said the same sentence twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person
from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid
from cocreation.cycles.models import Theme
from cocreation.files.dataset import empty_table
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Row
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.text.language_guess import guess_language
from cocreation.text.spelling import fold
from cocreation.workshops import queries, services
from cocreation.workshops.models import LineKind, OutputLine
from cocreation.workshops.sheet_columns import COLUMNS, SIDE_BY_SIDE
from cocreation.workshops.sheet_lines import SheetLine, lines_of
from cocreation.workshops.sheet_links import Link, links_of


class WorkshopIsPublic(Invalid):
    sentence = _l(
        "The outputs of “%(workshop)s” were published on %(day)s, and this line is not among them: "
        "nothing can be added any more."
    )


@dataclass(frozen=True)
class Understood:
    """One workshop as the file has it. `workshop` is None when the meeting does not have it yet; `written`
    are the lines that are there already, by the id of the object that says them.
    """

    theme: str
    workshop: Workshop | None
    lines: list[SheetLine]
    new: list[SheetLine]
    written: dict[int, OutputLine]
    links: list[Link]
    new_links: list[Link]

    def count(self, kind: LineKind) -> int:
        return sum(line.kind == kind for line in self.lines)

    @property
    def headings(self) -> int:
        return len({line.heading for line in self.lines if line.heading})

    @property
    def repeated(self) -> list[tuple[str, int]]:
        """Texts that come more than once in this workshop, and how often: all are kept."""
        times = Counter(line.said for line in self.lines)
        return [(text, count) for (_, _, text), count in times.items() if count > 1]


def outputs_to_fill_in() -> bytes:
    """A workbook without a line, to be filled in and imported, in the language spoken."""
    columns = [column for column in COLUMNS if column.key not in SIDE_BY_SIDE]
    return empty_table("outputs", _l("Outputs"), columns, {"kind": [str(kind.label) for kind in LineKind]})


def understand(meeting: Meeting, rows: Sequence[Row], *, linked: bool) -> list[Understood]:
    """What the rows of a file say of each workshop of `meeting`, and which of it is new. Writes nothing.
    `linked`: what stands in one row belongs together.

    Raises SheetRefused, naming every bad row by sheet and number.
    """
    problems = Problems()
    lines: list[SheetLine] = []
    for row in rows:
        with problems.at(row):
            lines += lines_of(row)
    problems.refuse()
    found = _compared(meeting, lines, links_of(lines) if linked else [])
    for understood in found:
        for line in understood.new if understood.workshop and understood.workshop.published_at else ():
            with problems.at(line.row):
                day = day_of(understood.workshop.published_at)  # type: ignore[union-attr, arg-type]
                raise WorkshopIsPublic(workshop=understood.theme, day=day)
    problems.refuse()
    return found


def import_outputs(
    meeting_id: int, rows: Sequence[Row], *, linked: bool, by: Person | None, now: datetime
) -> list[Understood]:
    """Write what is new in the file, making the workshops the meeting lacks; what was understood.

    `by` is None for the command line. Raises SheetRefused.
    """
    meeting = lock(Meeting, meeting_id)
    found = understand(meeting, rows, linked=linked)
    for said in found:
        if said.new or said.new_links:
            workshop = said.workshop or _new_workshop(meeting, said.theme)
            lock(Workshop, workshop.id, joinedload(Workshop.meeting))
            _write(workshop, said)
            counts = {"count": len(said.new), "links": len(said.new_links)}
            audit.record("outputs imported", workshop.reference, by=by.id if by else None, now=now, **counts)
    return found


def _write(workshop: Workshop, said: Understood) -> None:
    written = dict(said.written)
    for kind in LineKind:
        of_kind = [new for new in said.new if new.kind is kind]
        added = services.append(workshop, kind, [(new.heading, new.text) for new in of_kind])
        written |= {id(new): line for new, line in zip(of_kind, added, strict=True)}
    services.link((written[id(source)], written[id(line)]) for source, line in said.new_links)


def _compared(meeting: Meeting, lines: Sequence[SheetLine], links: Sequence[Link]) -> list[Understood]:
    """The lines by workshop, against what the meeting has."""
    linked = queries.linked_pairs(meeting) if links else set()
    of_line = defaultdict[int, list[Link]](list)
    for link in links:
        of_line[id(link[1])].append(link)
    found = []
    for workshop, output_lines, said in _by_workshop(meeting, lines):
        new, written = _new_and_written(said, output_lines)
        own = [link for line in said for link in of_line[id(line)]]
        new_links = [link for link in own if _pair(link, written) not in linked]
        is_public = workshop is not None and workshop.published_at is not None
        links_to_write = [] if is_public else new_links
        found.append(Understood(said[0].workshop, workshop, said, new, written, own, links_to_write))
    return found


def _by_workshop(
    meeting: Meeting, lines: Sequence[SheetLine]
) -> Iterator[tuple[Workshop | None, Sequence[OutputLine], list[SheetLine]]]:
    """The lines of each workshop in their order, with what it has; two names of one workshop are one."""
    workshops = list(queries.workshops_with_lines(meeting))
    by_theme: dict[str, list[SheetLine]] = defaultdict(list)
    for line in lines:
        by_theme[fold(line.workshop)].append(line)
    by_place: dict[int | str, list[SheetLine]] = defaultdict(list)
    for theme, said in by_theme.items():
        places = (place for place, (workshop, _) in enumerate(workshops) if is_called(workshop, theme))
        by_place[next(places, theme)] += said
    for place, said in by_place.items():
        said.sort(key=lambda line: (line.number is None, line.number or 0))
        yield (*(workshops[place] if isinstance(place, int) else (None, [])), said)


def is_called(workshop: Workshop, theme: str) -> bool:
    """By its theme in any language, or by its number or reference."""
    names = (*workshop.theme.values(), str(workshop.number), f"W{workshop.number}", workshop.reference)
    return theme in map(fold, names)


def _new_and_written(
    said: Sequence[SheetLine], output_lines: Sequence[OutputLine]
) -> tuple[list[SheetLine], dict[int, OutputLine]]:
    """The lines that are not there yet, as often as the file says them, and those that are."""
    left = defaultdict[tuple[LineKind, str | None, str], list[OutputLine]](list)
    for output_line in reversed(output_lines):
        left[output_line.kind, output_line.heading, output_line.text].append(output_line)
    new, written = [], {}
    for line in said:
        if left[line.said]:
            written[id(line)] = left[line.said].pop()
        else:
            new.append(line)
    return new, written


def _pair(link: Link, written: dict[int, OutputLine]) -> tuple[int, int] | None:
    """The lines that a link joins, where both are there."""
    source, line = (written.get(id(said)) for said in link)
    return (source.id, line.id) if source and line else None


def _new_workshop(meeting: Meeting, theme: str) -> Workshop:
    """The next workshop of a locked meeting, tied to the cycle's theme of that name if there is one."""
    numbers = session.scalars(select(Workshop.number).where(Workshop.meeting_id == meeting.id))
    themes = session.scalars(select(Theme).where(Theme.cycle_id == meeting.cycle_id))
    same = next((listed for listed in themes if fold(theme) in map(fold, listed.name.values())), None)
    workshop = Workshop(
        meeting=meeting,
        number=max(numbers, default=0) + 1,
        theme=same.name if same else Translated({guess_language(theme): theme}),
        theme_id=same.id if same else None,
    )
    session.add(workshop)
    session.flush()
    return workshop
