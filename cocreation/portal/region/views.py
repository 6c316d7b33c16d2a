"""A region: its meetings and its latest ideas."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.portal.region import queries
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def region(code: str) -> ResponseReturnValue:
    region = queries.get_region(code)
    meetings, ideas = queries.meetings_of(region), queries.ideas_of(region)
    return render("portal/region.html", region=region, meetings=meetings, ideas=ideas, now=clock.now())
