"""Reads of the workshops and their outputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Person, Role
from cocreation.core.database import found, session
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.workshops.models import LineKind, OutputLine, line_links


@dataclass(frozen=True)
class Outputs:
    """What a workshop produced: its lines in order, and the links among them as pairs (from, to) of ids."""

    workshop: Workshop
    lines: list[OutputLine]
    links: list[tuple[int, int]]

    def of(self, kind: LineKind) -> list[OutputLine]:
        return [line for line in self.lines if line.kind == kind]

    def headed(self, kind: LineKind) -> list[tuple[str | None, list[OutputLine]]]:
        """The lines of a kind under their headings, in order."""
        return [
            (heading, list(group)) for heading, group in groupby(self.of(kind), lambda line: line.heading)
        ]

    @property
    def headings(self) -> list[str]:
        return list(dict.fromkeys(line.heading for line in self.lines if line.heading))

    def sources(self, line: OutputLine) -> list[OutputLine]:
        """What `line` follows from: the problems of a solution, the solutions of a result."""
        return self._linked[0][line.id]

    def consequences(self, line: OutputLine) -> list[OutputLine]:
        """What follows from `line`."""
        return self._linked[1][line.id]

    @cached_property
    def _linked(self) -> tuple[dict[int, list[OutputLine]], dict[int, list[OutputLine]]]:
        by_id = {line.id: line for line in self.lines}
        back: dict[int, list[OutputLine]] = defaultdict(list)
        forth: dict[int, list[OutputLine]] = defaultdict(list)
        for source, consequence in self.links:
            back[consequence].append(by_id[source])
            forth[source].append(by_id[consequence])
        for linked in (*back.values(), *forth.values()):
            linked.sort(key=lambda line: line.number)
        return back, forth


def get_meeting(reference: str) -> Meeting:
    """A meeting for the import of its outputs. Raises NotFound."""
    return found(session.scalar(select(Meeting).where(Meeting.reference == reference)))


def get_workshop(reference: str, number: int) -> Workshop:
    """The workshop `number` of a meeting, with that meeting. Raises NotFound."""
    statement = (
        select(Workshop)
        .join(Workshop.meeting)
        .where(Meeting.reference == reference, Workshop.number == number)
        .options(contains_eager(Workshop.meeting))
    )
    return found(session.scalar(statement))


def outputs(workshop: Workshop) -> Outputs:
    """The outputs of a workshop, whatever their number in two statements."""
    lines = session.scalars(
        select(OutputLine)
        .where(OutputLine.workshop_id == workshop.id)
        .order_by(OutputLine.kind, OutputLine.number)
    )
    links = session.execute(
        select(line_links.c.from_id, line_links.c.to_id)
        .join(OutputLine, OutputLine.id == line_links.c.to_id)
        .where(OutputLine.workshop_id == workshop.id)
    )
    return Outputs(workshop, list(lines), [(source, to) for source, to in links])


def get_line(workshop: Workshop, line_id: int) -> OutputLine:
    """A line of that workshop. Raises NotFound."""
    statement = select(OutputLine).where(OutputLine.id == line_id, OutputLine.workshop_id == workshop.id)
    return found(session.scalar(statement))


def workshops_of(person: Person) -> list[tuple[Workshop, int]]:
    """The workshops whose room is this person's, the latest meeting first, with how many lines each has."""
    counted = (
        select(OutputLine.workshop_id, func.count().label("lines"))
        .group_by(OutputLine.workshop_id)
        .subquery()
    )
    statement = (
        select(Workshop, func.coalesce(counted.c.lines, 0))
        .join(Workshop.meeting)
        .outerjoin(counted, counted.c.workshop_id == Workshop.id)
        .options(contains_eager(Workshop.meeting))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc(), Workshop.number)
    )
    if not person.runs_everything:
        statement = statement.where(
            Workshop.id.in_(person.scopes(Role.FACILITATOR))
            | Workshop.meeting_id.in_(person.scopes(Role.COORDINATOR))
        )
    return [(workshop, lines) for workshop, lines in session.execute(statement)]


def linked_pairs(meeting: Meeting) -> set[tuple[int, int]]:
    """The links among the lines of a meeting, as pairs (from, to) of ids."""
    links = select(line_links.c.from_id, line_links.c.to_id)
    of_meeting = links.join(OutputLine, OutputLine.id == line_links.c.to_id).join(OutputLine.workshop)
    rows = session.execute(of_meeting.where(Workshop.meeting_id == meeting.id))
    return {(source, line) for source, line in rows}


def workshops_with_lines(meeting: Meeting) -> Iterable[tuple[Workshop, list[OutputLine]]]:
    """The workshops of a meeting in order, each with its lines."""
    workshops = session.scalars(
        select(Workshop)
        .where(Workshop.meeting_id == meeting.id)
        .options(joinedload(Workshop.meeting))
        .order_by(Workshop.number)
    ).all()
    lines: dict[int, list[OutputLine]] = defaultdict(list)
    of_meeting = select(OutputLine).join(OutputLine.workshop).where(Workshop.meeting_id == meeting.id)
    for line in session.scalars(of_meeting.order_by(OutputLine.number)):
        lines[line.workshop_id].append(line)
    return [(workshop, lines[workshop.id]) for workshop in workshops]
