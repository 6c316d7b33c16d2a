"""Outputs from a spreadsheet: what was understood is shown first, then all of it is written, or nothing.

A file imported twice adds nothing the second time: lines are compared as a multiset, since a table may
well have said the same sentence twice.
"""

from __future__ import annotations

import re
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
from cocreation.cycles.models import Theme
from cocreation.files.dataset import empty_table
from cocreation.files.sheets.columns import Blanks, Column, match_choice
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Row
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.text.cleanup import clean_line
from cocreation.text.language_guess import guess_language
from cocreation.text.spelling import fold
from cocreation.workshops import queries, services
from cocreation.workshops.models import LineKind, OutputLine

# A column for each kind is as good as a row for each line: problems, solutions and results side by side.
OF_KIND = {
    LineKind.PROBLEM: Column(
        "problem",
        _l("Problems"),
        aliases=(
            "الإشكالية",
            "الإشكاليات",
            "الإشكالية المطروحة",
            "الإشكاليات المطروحة",
            "المشاكل",
            "المشكل",
            "الصعوبات",
            "Problématique",
            "Problème",
            "Problèmes soulevés",
            "Problématiques soulevées",
            "Difficultés",
            "Problem",
            "Issue",
        ),
        blanks=Blanks.ONCE,
    ),
    LineKind.SOLUTION: Column(
        "solution",
        _l("Proposed solutions"),
        aliases=(
            "الحل المقترح",
            "الحلول المقترحة",
            "الحلول",
            "الحل",
            "المقترحات",
            "المقترح",
            "التوصيات",
            "Solution proposée",
            "Solution",
            "Proposition",
            "Recommandation",
            "Proposal",
            "Recommendation",
        ),
        blanks=Blanks.ONCE,
    ),
    LineKind.RESULT: Column(
        "result",
        _l("Expected results"),
        aliases=(
            "النتيجة المنتظرة",
            "النتائج المنتظرة",
            "النتائج المتوقعة",
            "النتائج",
            "النتيجة",
            "Résultat attendu",
            "Résultat escompté",
            "Résultat",
            "Result",
            "Outcome",
        ),
        blanks=Blanks.ONCE,
    ),
}
SIDE_BY_SIDE = tuple(column.key for column in OF_KIND.values())
COLUMNS = (
    Column(
        "workshop",
        _l("Workshop"),
        required=True,
        aliases=("الورشة", "atelier", "workshop", "الورشات", "اسم الورشة", "موضوع الورشة", "thématique"),
        blanks=Blanks.BENEATH,
        from_title=True,
    ),
    Column(
        "kind",
        _l("Kind"),
        required=True,
        aliases=("النوع", "type", "kind", "nature", "الصنف", "نوع المخرج"),
        instead=SIDE_BY_SIDE,
        blanks=Blanks.BENEATH,
    ),
    Column(
        "heading",
        _l("Heading"),
        aliases=("المجال", "domaine", "heading", "rubrique", "المحور", "axe", "المحور الفرعي", "sous-thème"),
        blanks=Blanks.BENEATH,
    ),
    Column("number", _l("Number"), aliases=("الرقم", "numéro", "number", "n°", "رقم", "ر.ت", "الترتيب")),
    Column(
        "text",
        _l("Text"),
        required=True,
        aliases=("النص", "texte", "text", "énoncé", "contenu", "المضمون", "المحتوى", "الصياغة", "البيان"),
        instead=SIDE_BY_SIDE,
    ),
    *OF_KIND.values(),
)
KINDS: dict[str, tuple[str, ...]] = {
    LineKind.PROBLEM: (
        "إشكالية",
        "problématique",
        "problem",
        "الإشكالية المطروحة",
        "الإشكاليات المطروحة",
        "إشكاليات",
        "الإشكاليات",
        "مشكل",
        "مشاكل",
        "problème",
        "problèmes",
        "problématiques",
        "problems",
        "P",
    ),
    LineKind.SOLUTION: (
        "حل مقترح",
        "solution proposée",
        "solution",
        "الحل المقترح",
        "الحلول المقترحة",
        "حلول مقترحة",
        "حل",
        "حلول",
        "الحلول",
        "مقترح",
        "توصية",
        "solutions proposées",
        "solutions",
        "S",
    ),
    LineKind.RESULT: (
        "نتيجة منتظرة",
        "résultat attendu",
        "expected result",
        "النتيجة المنتظرة",
        "النتائج المنتظرة",
        "نتائج منتظرة",
        "نتيجة",
        "نتائج",
        "résultats attendus",
        "résultat",
        "résultats",
        "expected results",
        "result",
        "R",
    ),
}
_LINE_NUMBER = re.compile(r"[A-Za-z]?\s*[-.]?\s*(\d+)\s*[.)\-:/]*")
_BULLET = re.compile(r"(?:[-•*·▪►●○–—✓]|\d{1,2}\s*[.)\-])\s*")


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


def outputs_to_fill_in() -> bytes:
    """A workbook without a line, to be filled in and imported, in the language spoken."""
    columns = [column for column in COLUMNS if column.key not in SIDE_BY_SIDE]
    return empty_table("outputs", _l("Outputs"), columns, {"kind": [str(kind.label) for kind in LineKind]})


def understand(meeting: Meeting, rows: Sequence[Row]) -> list[Understood]:
    """What the rows of a file say of each workshop of `meeting`, and which of it is new. Writes nothing.

    Raises SheetRefused, naming every bad row by sheet and number.
    """
    problems = Problems()
    lines: list[SheetLine] = []
    for row in rows:
        with problems.at(row):
            lines += lines_of(row)
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
    meeting_id: int, rows: Sequence[Row], *, by: Person | None, now: datetime
) -> list[Understood]:
    """Write what is new in the file, making the workshops the meeting lacks; what was understood.

    `by` is None for the command line. Raises SheetRefused.
    """
    meeting = lock(Meeting, meeting_id)
    found = understand(meeting, rows)
    for said in found:
        if said.new:
            workshop = said.workshop or _new_workshop(meeting, said.theme)
            lock(Workshop, workshop.id, joinedload(Workshop.meeting))
            for kind in LineKind:
                services.append(
                    workshop, kind, [(new.heading, new.text) for new in said.new if new.kind is kind]
                )
            audit.record(
                "outputs imported", workshop.reference, by=by.id if by else None, now=now, count=len(said.new)
            )
    return found


def lines_of(row: Row) -> list[SheetLine]:
    """What one row says: the line it is, or each line that stands in the column of its kind."""
    said = [(kind, text) for kind, column in OF_KIND.items() for text in _said_in(row[column.key])]
    if row["text"]:
        said.append((LineKind[match_choice(row["kind"], KINDS).upper()], row["text"]))
    return [_line(row, kind, text) for kind, text in said]


def _said_in(cell: str) -> list[str]:
    """The lines in a cell: several where each begins with a dash or a number of its own."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return [_BULLET.sub("", line, count=1) for line in lines]
    return [cell] if cell else []


def _line(row: Row, kind: LineKind, said: str) -> SheetLine:
    number, text = _LINE_NUMBER.fullmatch(row["number"]), clean_line(said)
    if row["number"] and not (number and int(number[1]) > 0):
        raise LineNotANumber(value=row["number"])
    if len(text) > services.LONGEST_LINE:
        raise SheetLineTooLong(limit=services.LONGEST_LINE)
    heading = clean_line(row["heading"]) if kind is LineKind.PROBLEM else ""
    return SheetLine(
        row, clean_line(row["workshop"]), kind, heading or None, int(number[1]) if number else None, text
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
