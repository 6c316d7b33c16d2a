"""Outputs from a spreadsheet: what was understood is shown first, then all of it is written, or nothing.

A file imported twice adds nothing the second time: lines are compared as a multiset, since a table may
well have said the same sentence twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person
from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Theme
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Column, Row, match_all, match_choice
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.text.cleanup import clean_line
from cocreation.text.languages import guess_language
from cocreation.text.spelling import fold
from cocreation.workshops import queries, services
from cocreation.workshops.models import LineKind, OutputLine

COLUMNS = (
    Column("workshop", _l("Workshop"), required=True, aliases=("الورشة", "atelier", "workshop")),
    Column("kind", None, required=True, aliases=("النوع", "type", "kind")),
    Column("heading", _l("Heading"), aliases=("المجال", "domaine", "heading", "rubrique")),
    Column("number", _l("Number"), aliases=("الرقم", "numéro", "number", "n°", "رقم")),
    Column("text", _l("Text"), required=True, aliases=("النص", "texte", "text")),
)
KINDS: dict[str, tuple[str, ...]] = {
    LineKind.PROBLEM: ("إشكالية", "الإشكالية المطروحة", "problématique", "problème", "problem"),
    LineKind.SOLUTION: ("حل مقترح", "الحل المقترح", "حل", "solution proposée", "solution"),
    LineKind.RESULT: (
        "نتيجة منتظرة",
        "النتيجة المنتظرة",
        "résultat attendu",
        "résultat",
        "expected result",
    ),
}


class LineNotANumber(Invalid):
    sentence = _l("“%(value)s” is not a line number: write 1, 2, 3… or leave the cell empty.")


class SheetLineTooLong(Invalid):
    sentence = _l("The text has more than %(limit)s characters. Cut it into several lines.")


class WorkshopIsPublic(Invalid):
    sentence = _l(
        "The outputs of “%(workshop)s” were published on %(day)s, and this line is not among them: "
        "nothing can be added any more."
    )


@dataclass(frozen=True)
class SheetLine:
    """A row as it was understood."""

    row: Row
    workshop: str
    kind: LineKind
    heading: str | None
    number: int | None
    text: str

    @property
    def said(self) -> tuple[LineKind, str | None, str]:
        """What makes two lines the same."""
        return self.kind, self.heading, self.text


@dataclass(frozen=True)
class Understood:
    """One workshop as the file has it. `workshop` is None when the meeting does not have it yet."""

    theme: str
    workshop: Workshop | None
    lines: list[SheetLine]
    new: list[SheetLine]

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


def understand(meeting: Meeting, sheets: Sequence[Sheet]) -> list[Understood]:
    """What the file says of each workshop of `meeting`, and which of it is new. Writes nothing.

    Raises SheetRefused, naming every bad row by sheet and number.
    """
    problems = Problems()
    lines: list[SheetLine] = []
    for row in match_all(sheets, COLUMNS):
        with problems.at(row):
            lines.append(_line(row))
    problems.refuse()
    found = _compared(meeting, lines)
    for understood in found:
        for line in understood.new if understood.workshop and understood.workshop.published_at else ():
            with problems.at(line.row):
                day = day_of(understood.workshop.published_at)  # type: ignore[union-attr, arg-type]
                raise WorkshopIsPublic(workshop=understood.theme, day=day)
    problems.refuse()
    return found


def import_outputs(
    meeting_id: int, sheets: Sequence[Sheet], *, by: Person | None, now: datetime
) -> list[Understood]:
    """Write what is new in the file, making the workshops the meeting lacks; what was understood.

    `by` is None for the command line. Raises SheetRefused.
    """
    meeting = lock(Meeting, meeting_id)
    found = understand(meeting, sheets)
    for row in found:
        if row.new:
            workshop = row.workshop or _new_workshop(meeting, row.theme)
            lock(Workshop, workshop.id, joinedload(Workshop.meeting))
            for kind in LineKind:
                services.append(
                    workshop, kind, [(new.heading, new.text) for new in row.new if new.kind is kind]
                )
            audit.record(
                "outputs imported", workshop.reference, by=by.id if by else None, now=now, count=len(row.new)
            )
    return found


def _line(row: Row) -> SheetLine:
    kind = LineKind[match_choice(row["kind"], KINDS).upper()]
    number, text = row["number"], clean_line(row["text"])
    if number and not (number.isdecimal() and int(number) > 0):
        raise LineNotANumber(value=number)
    if len(text) > services.LONGEST_LINE:
        raise SheetLineTooLong(limit=services.LONGEST_LINE)
    heading = clean_line(row["heading"]) if kind is LineKind.PROBLEM else ""
    return SheetLine(
        row, clean_line(row["workshop"]), kind, heading or None, int(number) if number else None, text
    )


def _compared(meeting: Meeting, lines: Sequence[SheetLine]) -> list[Understood]:
    """The lines by workshop, against what the meeting has."""
    workshops = list(queries.workshops_with_lines(meeting))
    by_theme: dict[str, list[SheetLine]] = defaultdict(list)
    for line in lines:
        by_theme[fold(line.workshop)].append(line)
    found = []
    for theme, said in by_theme.items():
        workshop, output_lines = next((pair for pair in workshops if _is_called(pair[0], theme)), (None, []))
        said.sort(key=lambda line: (line.number is None, line.number or 0))
        found.append(Understood(said[0].workshop, workshop, said, _new(said, output_lines)))
    return found


def _is_called(workshop: Workshop, theme: str) -> bool:
    """By its theme in any language, or by its number or reference."""
    names = (*workshop.theme.values(), str(workshop.number), f"W{workshop.number}", workshop.reference)
    return theme in map(fold, names)


def _new(said: Sequence[SheetLine], output_lines: Sequence[OutputLine]) -> list[SheetLine]:
    """The lines that are not there yet, as often as the file says them."""
    left = Counter((line.kind, line.heading, line.text) for line in output_lines)
    new = []
    for line in said:
        if left[line.said]:
            left[line.said] -= 1
        else:
            new.append(line)
    return new


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
