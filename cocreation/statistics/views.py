"""Public pages of the figures: of one meeting, and of the meetings of a cycle side by side."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.cycles.models import Cycle
from cocreation.demographics import suppression
from cocreation.demographics.models import GENDER, QUESTIONS
from cocreation.directory.queries import province_names
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.meetings.models.meeting import Meeting
from cocreation.statistics.queries import comparison, figures as statistics_figures
from cocreation.statistics.queries.figures import Who
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def show(reference: str) -> ResponseReturnValue:
    meeting = meetings_queries.get_meeting(reference)
    counts = policy.shows_statistics(meeting, clock.now())
    return figures_page(meeting, in_full=meeting.statistics_published, counts=counts)


@access(anyone)
def compare() -> ResponseReturnValue:
    cycles, now = comparison.cycles_with_figures(clock.now()), clock.now()
    cycle = chosen(cycles)
    meetings = comparison.public_meetings(cycle, now, request.args.get("cursor")) if cycle else None
    return comparison_page(cycles, cycle, meetings, in_full=False)


def figures_page(
    meeting: Meeting, *, in_full: bool, counts: bool = True, for_staff: bool = False
) -> ResponseReturnValue:
    """All figures of a meeting: a table for each question, three columns."""
    figures = statistics_figures.figures([meeting.id])[meeting.id] if counts else None
    names = province_names(statistics_figures.provinces_of([figures])) if figures else {}
    tables = [(by, figures.table(by, names, in_full=in_full)) for by in QUESTIONS] if figures else []
    return render(
        "statistics/statistics.html",
        meeting=meeting,
        figures=figures,
        tables=[(by, rows) for by, rows in tables if rows],
        whom=list(Who),
        has_hidden=suppression.has_hidden,
        for_staff=for_staff,
    )


def comparison_page(
    cycles: list[Cycle], cycle: Cycle | None, meetings: Any, *, in_full: bool
) -> ResponseReturnValue:
    """Meetings side by side: by what and whom to count is chosen in the address."""
    by = next((question for question in QUESTIONS if question.key == request.args.get("by")), GENDER)
    who = next((who for who in Who if who == request.args.get("who")), Who.CONFIRMED)
    compared = comparison.compare(meetings, by, who, in_full=in_full) if meetings else None
    return render(
        "statistics/compare.html",
        cycles=cycles,
        cycle=cycle,
        meetings=meetings,
        compared=compared,
        by=by,
        who=who,
        ways=QUESTIONS,
        whom=list(Who),
        in_full=in_full,
    )


def chosen(cycles: list[Cycle]) -> Cycle | None:
    """The one of `cycles` that the address asks for, else the latest."""
    code = request.args.get("cycle", "")
    return next((cycle for cycle in cycles if cycle.code == code), cycles[0] if cycles else None)
