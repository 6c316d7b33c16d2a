"""The front door: where the plan stands, what is open now, and what happened last."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.directory.models import Region
from cocreation.portal.home import queries
from cocreation.portal.maps import MapRegion, classed
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render, translated_text


@access(anyone)
def home() -> ResponseReturnValue:
    now, today = clock.now(), clock.today()
    (cycle, planned, plan), meetings = queries.cycles_of_home(today), queries.meetings_open(now)
    regions, consulted = queries.regions_with_meetings(now)
    return render(
        "portal/home.html",
        cycle=cycle,
        around=cycle.around(today) if cycle else [],
        told=queries.told(cycle, planned),
        plan=plan,
        map=classed(_on_map(region, count) for region, count in regions),
        meetings=[(meeting, clock.day_of(meeting.registration_closes_at)) for meeting in meetings],
        consulted=(consulted.count, clock.day_of(consulted.closes_at)) if consulted.closes_at else None,
        news=queries.news(),
        today=today,
    )


def _on_map(region: Region, count: int) -> MapRegion:
    href = url_for("portal.region", code=region.code)
    return MapRegion(region.code, translated_text(region.name), count, href)
