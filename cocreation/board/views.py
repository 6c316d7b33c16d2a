"""The public board of institutions: what each received, answered and owes."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.board import queries
from cocreation.board.queries import Sort
from cocreation.core import clock
from cocreation.cycles.queries import all_cycles
from cocreation.study.queries import criteria as study_criteria
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """What each institution received, answered and owes, in ?cycle=2026 or else the latest begun."""
    cycles, asked = all_cycles(), request.args.get("cycle")
    begun = [cycle for cycle in cycles if cycle.starts_on <= clock.today()] or cycles
    cycle = next((cycle for cycle in cycles if cycle.code == asked), begun[0] if begun else None)
    sort = next((order for order in Sort if order.value == request.args.get("sort")), Sort.NAME)
    found = queries.board(cycle.id, clock.today(), sort) if cycle else None
    criteria = study_criteria.criteria(cycle.id) if cycle else []
    return render(
        "board/index.html",
        cycle=cycle,
        cycles=cycles,
        board=found,
        sort=sort,
        sorts=Sort,
        criteria=criteria,
        total_weight=sum(criterion.weight for criterion in criteria),
    )
