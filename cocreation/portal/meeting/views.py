"""The meetings and a page for each, for everyone and for those who run them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.paging import Page
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.meetings.backstage import load, say_whom_to_call, to
from cocreation.meetings.forms.meeting import AnnouncedForm
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services import announcement
from cocreation.places import queries as places_queries
from cocreation.places.queries import TakenPlaces
from cocreation.portal.meeting import queries
from cocreation.portal.meeting.page import MeetingPage, MeetingRow, OrganisersPage
from cocreation.preparation import services as preparation
from cocreation.statistics.queries import figures
from cocreation.travel_support import queries as travel_support_queries
from cocreation.web import confirmation
from cocreation.web.access import access, anyone, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """`when` narrows it to upcoming or past meetings, page by page; without it, the first of both."""
    region, when = request.args.get("region", ""), request.args.get("when", "")
    cursor, now = request.args.get("cursor") if when else None, clock.now()
    upcoming = meetings_queries.upcoming(region, now, cursor) if when != "past" else None
    past = meetings_queries.past(region, now, cursor) if when != "upcoming" else None
    counts = places_queries.room(upcoming.items if upcoming else [], now)
    return render(
        "portal/meeting/index.html",
        upcoming=None if upcoming is None else _rows(upcoming, counts, now),
        past=None if past is None else _rows(past, {}, now),
        regions=meetings_queries.regions(),
        region=region,
        when=when,
    )


@access(anyone)
def show(reference: str) -> ResponseReturnValue:
    meeting, now = meetings_queries.get_meeting(reference, travel_support_queries.with_offer()), clock.now()
    # Who took part is counted only where it is shown: these figures read every row. Once it is over, they say
    # who had a place, too.
    tally = figures.tally(meeting.id) if policy.shows_statistics(meeting, now) else None
    is_over = meeting.is_over(now)
    counts = tally.states if tally and is_over else places_queries.public_counts(meeting, now)
    page = MeetingPage(
        meeting=meeting,
        stage=policy.stage(meeting, now),
        counts=counts,
        left=places_queries.left(meeting, counts),
        kept=[quota for quota in meeting.quotas if quota.is_reserved(clock.day_of(now))],
        names=meetings_queries.named(meeting),
        photos=meetings_queries.photos_of(meeting.id) if meeting.starts_at <= now else [],
        tables=figures.tables(tally, in_full=meeting.statistics_published) if tally else [],
        has_offer=travel_support_queries.offer_of(meeting) is not None,
        harvest=queries.harvest(meeting) if is_over else None,
    )
    return render("portal/meeting/show.html", page=page, meeting=meeting)


@access(policy.runners)
def manage_index() -> ResponseReturnValue:
    meetings = meetings_queries.run_by(current_person(), request.args.get("cursor"))
    counts = places_queries.room(meetings.items)
    return render(
        "portal/meeting/manage_index.html",
        meetings=_rows(meetings, counts, clock.now()),
        may_add=secretariat(current_person()),
    )


@access(policy.runners)
def manage_show(reference: str) -> ResponseReturnValue:
    meeting, now = load(reference), clock.now()
    counts = places_queries.counts(meeting)
    page = OrganisersPage(
        meeting=meeting,
        stage=policy.stage(meeting, now),
        counts=counts,
        left=places_queries.left(meeting, counts),
        in_calendar=policy.can_announce(meeting, now),
        broken=None
        if meeting.is_announced
        else preparation.broken(meeting, cycle_id=meeting.cycle_id, announced_at=None, now=now),
        is_over=meeting.is_over(now),
    )
    return render("portal/meeting/manage_show.html", page=page, meeting=meeting, announced=AnnouncedForm())


@access(policy.runners)
def call_off(reference: str) -> ResponseReturnValue:
    """Asked about with how many people are concerned; those without an address are to be called."""
    meeting = load(reference)
    concerned = sum(announcement.told_of_it(meeting.id, **act()))
    question = _n(
        "Call this meeting off? %(count)s registered person is concerned, and told by mail or to be called.",
        "Call this meeting off? %(count)s registered people are concerned, and told by mail or to be called.",
        concerned,
    )
    page = url_for("manage_meetings.show", reference=meeting.reference)
    # One more than the people: that nobody is registered is asked about, too.
    if asked := confirmation.first(
        concerned + 1, question, _("Yes, call it off"), page, [meeting.reference], "danger"
    ):
        return asked
    fact = announcement.call_off(meeting.id, **act())
    flash(
        _n(
            "The meeting is called off; %(count)s person is told.",
            "The meeting is called off; %(count)s people are told.",
            fact.told,
        )
    )
    say_whom_to_call(fact.unreached, fact.guests)
    return to(meeting)


def _rows(meetings: Page[Meeting], taken: Mapping[int, TakenPlaces], now: datetime) -> Page[MeetingRow]:
    """A page of a list, each meeting with where it stands and its places."""
    rows = [
        MeetingRow(meeting, policy.stage(meeting, now), taken.get(meeting.id, TakenPlaces()))
        for meeting in meetings.items
    ]
    return Page(rows, meetings.next, meetings.previous)
