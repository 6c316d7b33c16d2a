"""Many registrations at once, looked at, taken back and given back as a whole."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.bursts import queries, services
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.places import queries as places_queries
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def burst(reference: str, burst_id: int) -> ResponseReturnValue:
    """Who came, when, confirmed or not; and the one button for all."""
    meeting = load(reference)
    shown, counts = queries.get_burst(meeting, burst_id), places_queries.counts(meeting)
    return render(
        "bursts/manage_burst.html",
        meeting=meeting,
        shown=shown,
        people=queries.people_of(shown.burst, request.args.get("cursor")),
        left=places_queries.left(meeting, counts),
    )


@access(policy.runners)
def take_back_burst(reference: str, burst_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    many, page = queries.get_burst(meeting, burst_id).unconfirmed, _address(reference, burst_id)
    question = _n("Take back %(count)s registration?", "Take back %(count)s registrations?", many)
    if asked := confirmation.first(many, question, _("Yes, take back"), page, kind="danger"):
        return asked
    gone = services.take_back(meeting.id, burst_id, **act())
    said = _n("%(count)s registration is taken back.", "%(count)s registrations are taken back.", gone)
    then = _("Their places go to those who wait. It can be undone on this page.")
    flash(f"{said} {then}")
    return redirect(page)


def _address(reference: str, burst_id: int) -> str:
    return url_for("manage_bursts.burst", reference=reference, burst_id=burst_id)


@access(policy.runners)
def give_back_burst(reference: str, burst_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    many, page = queries.get_burst(meeting, burst_id).taken_back, _address(reference, burst_id)
    question = _n("Give back %(count)s registration?", "Give back %(count)s registrations?", many)
    if asked := confirmation.first(many, question, _("Yes, give back"), page):
        return asked
    back = services.give_back(meeting.id, burst_id, **act())
    flash(_n("%(count)s registration stands again.", "%(count)s registrations stand again.", back))
    return redirect(page)
