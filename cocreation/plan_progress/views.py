"""The public pages of a plan that is carried out. Each figure is that of the day in the address (`on`)."""

from __future__ import annotations

from datetime import date

from flask import Response, request
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.plan import policy
from cocreation.plan.queries import get_commitment, sheet_in_force
from cocreation.plan_progress import queries
from cocreation.plan_progress.datasets import ACTIVITIES
from cocreation.plan_progress.pages import percent
from cocreation.tracking.arithmetic import ProgressBand
from cocreation.web.access import access, anyone, current_person
from cocreation.web.datasets import attachment
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def plan(cycle: str) -> ResponseReturnValue:
    """The plan at a glance."""
    row = queries.tracked_cycle(cycle)
    page = queries.plan_page(row, _day(), _asked())
    return render("plan_progress/plan.html", cycle=row, page=page, percent=percent)


@access(anyone)
def commitment(reference: str) -> ResponseReturnValue:
    """What was done of a commitment, activity by activity, and the sum its figure comes from."""
    row = get_commitment(reference)
    if not policy.can_read(current_person(), row):
        raise NotFound
    page = queries.commitment_page(row, sheet_in_force(row), _day())
    return render("plan_progress/commitment.html", page=page, percent=percent)


@access(anyone)
def late(cycle: str) -> ResponseReturnValue:
    """What is late, and what its leads say stands in the way."""
    row = queries.tracked_cycle(cycle)
    return render("plan_progress/late.html", cycle=row, page=queries.late_page(row, _day()))


@access(anyone)
@exports(PUBLIC)
def table(cycle: str, kind: str) -> Response:
    """Every activity with its weight and percentages: what the plan's figure is recomputed from."""
    on = _day()
    rows = queries.activity_rows(queries.tracked_cycle(cycle), on)
    return attachment(ACTIVITIES, rows, kind, name=f"{ACTIVITIES.name}-{cycle}-{on}")


def _day() -> date:
    """The day that was asked for; today where none was. Raises NotFound for what is no day, and for one to
    come: nobody knows its figures.
    """
    if not (asked := request.args.get("on")):
        return clock.today()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise NotFound from None
    if day > clock.today():
        raise NotFound
    return day


def _asked() -> dict[str, str]:
    """What narrows the list of commitments: only what can."""
    asked = {
        name: value for name in ("axis", "institution", "band", "late") if (value := request.args.get(name))
    }
    if asked.get("band", ProgressBand.LIMITED) not in list(ProgressBand):
        asked.pop("band")
    return asked
