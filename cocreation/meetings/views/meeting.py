"""The meetings, and a page for each."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from cocreation.core import clock, suppression
from cocreation.meetings import calendar, policy
from cocreation.meetings.queries import organisers, public
from cocreation.meetings.queries.photos import photos_of
from cocreation.places import queries as places_queries
from cocreation.statistics.queries import figures
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import absolute_url, render


@access(anyone)
def index() -> Any:
    """`when` narrows it to upcoming or past meetings, page by page; without it, the first of both."""
    region, when = request.args.get("region", ""), request.args.get("when", "")
    cursor, now = request.args.get("cursor") if when else None, clock.now()
    upcoming = public.upcoming(region, now, cursor) if when != "past" else None
    past = public.past(region, now, cursor) if when != "upcoming" else None
    counts = places_queries.taken_counts(upcoming.items if upcoming else [], now)
    return render(
        "meetings/index.html",
        upcoming=upcoming,
        past=past,
        counts=counts,
        regions=public.regions(),
        region=region,
        when=when,
        stage=lambda meeting: policy.stage(meeting, now),
    )


@access(anyone)
def show(reference: str) -> Any:
    meeting, now = public.get_meeting(reference), clock.now()
    counts = places_queries.public_counts(meeting, now)
    # Who took part is counted only where it is shown: these figures read every row.
    tally = figures.tally(meeting.id) if policy.shows_statistics(meeting, now) else None
    return render(
        "meetings/show.html",
        meeting=meeting,
        stage=policy.stage(meeting, now),
        organisers=organisers.named(meeting),
        counts=counts,
        left=places_queries.left(meeting, counts),
        tables=figures.tables(tally, in_full=meeting.statistics_published) if tally else [],
        has_hidden=suppression.has_hidden,
        photos=photos_of(meeting.id) if meeting.starts_at <= now else [],
        kept=[each for each in meeting.quotas if each.is_reserved(clock.day_of(now))],
    )


@access(anyone)
@limit_reading("120 per minute")
def event(reference: str) -> Response:
    meeting = public.get_meeting(reference)
    url = absolute_url("meetings.show", reference=meeting.reference)
    text = calendar.event(meeting, now=clock.now(), url=url)
    headers = {"Content-Disposition": f'attachment; filename="{meeting.reference}.ics"'}
    return Response(text, mimetype="text/calendar", headers=headers)
