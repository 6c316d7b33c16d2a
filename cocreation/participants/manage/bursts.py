"""Registrations nobody has confirmed: many at once, taken back as a whole; one alone, confirmed by a call."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.participants import queries
from cocreation.participants.services import bursts as acts
from cocreation.places import queries as places_queries
from cocreation.registration.services import confirmation
from cocreation.web import confirmation as asking
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def burst(reference: str, burst_id: int) -> ResponseReturnValue:
    """Who came, when, confirmed or not; and the one button for all."""
    meeting = load(reference)
    shown, counts = queries.get_burst(meeting, burst_id), places_queries.counts(meeting)
    return render(
        "participants/manage_burst.html",
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
    if asked := asking.first(many, question, _("Yes, take back"), page, kind="danger"):
        return asked
    gone = acts.take_back(meeting.id, burst_id, **act())
    said = _n("%(count)s registration is taken back.", "%(count)s registrations are taken back.", gone)
    then = _("Their places go to those who wait. It can be undone on this page.")
    flash(f"{said} {then}")
    return redirect(page)


def _address(reference: str, burst_id: int) -> str:
    return url_for("manage_participants.burst", reference=reference, burst_id=burst_id)


@access(policy.runners)
def give_back_burst(reference: str, burst_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    many, page = queries.get_burst(meeting, burst_id).taken_back, _address(reference, burst_id)
    question = _n("Give back %(count)s registration?", "Give back %(count)s registrations?", many)
    if asked := asking.first(many, question, _("Yes, give back"), page):
        return asked
    back = acts.give_back(meeting.id, burst_id, **act())
    flash(_n("%(count)s registration stands again.", "%(count)s registrations stand again.", back))
    return redirect(page)


@access(policy.runners)
def confirm_by_call(reference: str, number: int) -> ResponseReturnValue:
    """Somebody was called and comes."""
    confirmation.confirm_by_call(load(reference).id, number, **act())
    flash(_("Confirmed by telephone. It can be undone on this page."))
    return redirect(url_for("manage_participants.participant", reference=reference, number=number))


@access(policy.runners)
def undo_call(reference: str, number: int) -> ResponseReturnValue:
    confirmation.undo_call(load(reference).id, number, **act())
    flash(_("It is undone: this registration is not confirmed."))
    return redirect(url_for("manage_participants.participant", reference=reference, number=number))
