"""Pages on which a sentence is followed: from the workshop to its idea, from a commitment to its sources."""

from __future__ import annotations

import re

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import all_cycles
from cocreation.plan import policy as plan_policy
from cocreation.plan.partners import folded
from cocreation.plan.queries import (
    get_commitment,
    partner_associations,
    partner_institutions,
    sheet_in_force,
)
from cocreation.plan.sheet import MEANS, OPENNESS, PROMISE
from cocreation.portal.figures import figures_of
from cocreation.portal.sources import queries
from cocreation.web.access import access, anyone, current_person
from cocreation.web.rendering import render
from cocreation.workshops import policy
from cocreation.workshops.queries import get_workshop, outputs


@access(anyone)
def workshop(reference: str, number: int) -> ResponseReturnValue:
    """What a workshop said, and what became of each of its lines."""
    workshop = get_workshop(reference, number)
    if not policy.can_read(current_person(), workshop):
        raise NotFound
    ideas = queries.ideas_of(workshop)
    return render(
        "portal/workshop.html",
        workshop=workshop,
        outputs=outputs(workshop),
        ideas=ideas,
        figures=figures_of(ideas.values()),
    )


@access(anyone)
def line(line_reference: str) -> ResponseReturnValue:
    """The short address of one line, OR1-W2-S07, leads to it on its workshop's page."""
    if not (parts := re.fullmatch(r"(.{1,40})-W(\d{1,3})-([PSR]\d{2,5})", line_reference)):
        raise NotFound
    workshop = get_workshop(parts[1], int(parts[2]))
    lines = outputs(workshop).lines if policy.can_read(current_person(), workshop) else []
    if parts[3] not in {line.mark for line in lines}:
        raise NotFound
    return redirect(url_for("portal.workshop", reference=parts[1], number=parts[2], _anchor=parts[3]))


@access(anyone)
def commitment(reference: str) -> ResponseReturnValue:
    """A commitment's sheet, and the ideas it comes from."""
    commitment = get_commitment(reference)
    if not plan_policy.can_read(current_person(), commitment):
        raise NotFound
    sheet, links = sheet_in_force(commitment), queries.links(commitment)
    return render(
        "portal/commitment.html",
        commitment=commitment,
        sheet=sheet,
        bodies=partner_institutions(sheet),
        associations=partner_associations(sheet),
        folded=folded,
        before=(*PROMISE, *OPENNESS),
        after=MEANS,
        links=links,
        carried=links.carried,
        sources=queries.sources(commitment, request.args.get("cursor")),
    )


@access(anyone)
def plan() -> ResponseReturnValue:
    """The plan of a cycle. The page is of the room `plan`, which may not ask how many ideas went into it."""
    cycles, today = all_cycles(), clock.today()
    if code := request.args.get("cycle"):
        cycle = next((cycle for cycle in cycles if cycle.code == code), None)
    else:
        running = [cycle for cycle in cycles if cycle.starts_on <= today <= cycle.ends_on]
        cycle = next(iter(running or cycles), None)
    if cycle is None and code:
        raise NotFound
    axes, is_tracked = queries.plan_of(cycle) if cycle else [], queries.is_tracked(cycle)
    return render("plan/index.html", cycle=cycle, cycles=cycles, axes=axes, is_tracked=is_tracked)
