"""A region: what became of its ideas, its meetings, and the institutions that study them."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.meetings import policy
from cocreation.portal.maps import MapRegion, RegionMap
from cocreation.portal.region import queries
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render, translated_text


@access(anyone)
def region(code: str) -> ResponseReturnValue:
    region, regions = queries.with_others(code)
    now = clock.now()
    meetings = [(meeting, policy.stage(meeting, now)) for meeting in queries.meetings_of(region)]
    ahead = [shown for shown in reversed(meetings) if not policy.end(shown[0], now)]
    outlined = [
        MapRegion(
            other.code,
            translated_text(other.name),
            0,
            url_for("portal.region", code=other.code),
            is_active=other.code == code,
        )
        for other in regions
    ]
    return render(
        "portal/region.html",
        region=region,
        map=RegionMap(outlined, []),
        coming=ahead[0] if ahead else None,
        meetings=[shown for shown in meetings if shown not in ahead[:1]],
        ideas=queries.ideas_of(region),
        told=queries.told_of(region),
        institutions=queries.institutions_of(region),
    )
