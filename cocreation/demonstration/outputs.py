"""What the workshops of a meeting of the demonstration put down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.demonstration.content import at
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops import services as workshops
from cocreation.workshops.models import LineKind, OutputLine, line_links


def write_outputs(workshop: Workshop, said: dict[str, Any], day: date, *, by: Person) -> None:
    """What a workshop put down in the afternoon of `day`, published three days later."""
    entered = at(day, 14, 30)
    for heading, texts in said["problems"].items():
        typed = "\n".join(texts)
        workshops.add_lines(workshop.id, LineKind.PROBLEM, typed, heading=heading or None, by=by, now=entered)
    for kind, key in ((LineKind.SOLUTION, "solutions"), (LineKind.RESULT, "results")):
        typed = "\n".join(row[0] for row in said["said"][key])
        workshops.add_lines(workshop.id, kind, typed, by=by, now=entered)
    lines = {
        (line.kind, line.number): line.id
        for line in session.scalars(select(OutputLine).where(OutputLine.workshop_id == workshop.id))
    }
    links = [
        {"from_id": lines[source, origin], "to_id": lines[kind, position]}
        for kind, source, key in (
            (LineKind.SOLUTION, LineKind.PROBLEM, "solutions"),
            (LineKind.RESULT, LineKind.SOLUTION, "results"),
        )
        for position, row in enumerate(said["said"][key], 1)
        for origin in row[1]
    ]
    session.execute(insert(line_links), links)
    workshops.publish(workshop.id, by=by, now=at(day + timedelta(days=3), 10))
