"""All figures, for those who run the meetings: nothing is hidden from them."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.statistics.queries import comparison
from cocreation.statistics.views import chosen, comparison_page, figures_page
from cocreation.web.access import access, current_person


@access(policy.runners)
def statistics(reference: str) -> ResponseReturnValue:
    return figures_page(load(reference), in_full=True, for_staff=True)


@access(policy.runners)
def compare() -> ResponseReturnValue:
    cycles = comparison.cycles_with_meetings()
    cycle = chosen(cycles)
    cursor = request.args.get("cursor")
    meetings = comparison.meetings_run_by(current_person(), cycle, cursor) if cycle else None
    return comparison_page(cycles, cycle, meetings, in_full=True)
