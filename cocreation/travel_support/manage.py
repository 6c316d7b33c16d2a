"""Help with transport and lodging, for those who run a meeting: the offer, the requests, the decisions."""

from __future__ import annotations

import io

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from cocreation.core.database import found
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, say_decided, say_whom_to_call
from cocreation.meetings.models.meeting import Meeting
from cocreation.travel_support import queries
from cocreation.travel_support.datasets import granted_at
from cocreation.travel_support.forms import GrantForm, GrantsForm, OfferForm
from cocreation.travel_support.models import TravelSupportOffer, TravelSupportRequest, TravelSupportState
from cocreation.travel_support.services import decisions
from cocreation.travel_support.services.requests import offer
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.datasets import attachment
from cocreation.web.downloads import STAFF, exports
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(policy.runners)
def support(reference: str) -> ResponseReturnValue:
    """The requests in one state, in the proposed order; `act` says what becomes of those that are ticked."""
    meeting, state = _load(reference), _state(request.args.get("state", ""))
    if queries.offer_of(meeting) is None:
        return redirect(url_for("manage_travel_support.support_offer", reference=reference))
    form = GrantsForm()
    if form.submitted() and (asked := _asked(form)):
        return asked
    if (
        form.submitted()
        and not confirmation.was_declined()
        and (decided := form.attempt(_decide, meeting, form))
    ):
        told = sum(bool(entry.registration.email) for entry in decided)
        flash(
            _n("It is decided; %(count)s person is told.", "It is decided; %(count)s people are told.", told)
        )
        say_whom_to_call(len(decided) - told)
        return redirect(request.full_path.rstrip("?"))
    offered = _offer(_load(reference))  # read anew: a refusal has looked at it too
    left = queries.left_of(meeting.id)
    ordered = queries.ranked(offered, left, state)
    return render(
        "travel_support/manage_support.html",
        meeting=offered.meeting,
        offer=offered,
        left=left,
        granted=queries.granted_of(meeting.id),
        counts=queries.counts(meeting.id),
        state=state,
        requests=queries.page_of(ordered, request.args.get("cursor")),
        form=form,
        mark=decisions.mark,
        ticked=form.chosen.data or (True if request.args.get("tick") else ()),
    )


def _asked(form: GrantsForm) -> ResponseReturnValue | None:
    """What is about to be decided, by its number; a refusal that lacks its reason is not asked about."""
    many, refuses = len(form.seen()), form.act.data == "refuse"
    if not confirmation.is_to_ask(many) or (refuses and not form.reason.data):
        return None
    if refuses:
        question = _n("Refuse %(count)s request?", "Refuse %(count)s requests?", many)
        return confirmation.ask(question, _("Yes, refuse"), many, kind="danger")
    question = _n("Grant %(count)s request?", "Grant %(count)s requests?", many)
    return confirmation.ask(question, _("Yes, grant"), many)


def _decide(meeting: Meeting, form: GrantsForm) -> list[TravelSupportRequest]:
    if form.act.data == "refuse":
        return decisions.refuse_all(meeting.id, form.seen(), form.reason.data or "", **act())
    return decisions.grant_all(meeting.id, form.seen(), **act())


@access(policy.runners)
def support_offer(reference: str) -> ResponseReturnValue:
    meeting = _load(reference)
    offered = queries.offer_of(meeting)
    form = OfferForm(offered, queries.weights(meeting.id) if offered else {})
    if form.submitted() and form.carries_out(offer, meeting.id, form.help(), form.weights(), **act()):
        flash(
            _("Published: whoever has confirmed their registration can ask for help from their receipt.")
            if meeting.is_announced
            else _("It is saved, and published when the meeting is announced.")
        )
        return redirect(url_for("manage_travel_support.support", reference=reference))
    return render("travel_support/manage_support_offer.html", meeting=load(reference), form=form)


@access(policy.runners)
def support_request(reference: str, number: int) -> ResponseReturnValue:
    """One request: its arithmetic, its proofs, and the decision; `act` says which."""
    meeting = _load(reference)
    form = GrantForm(queries.entry(_offer(meeting), number).request)
    if form.submitted() and (decided := form.attempt(_decide_one, meeting, number, form)):
        say_decided(decided.registration.email)
        return redirect(request.path)
    offered = _offer(_load(reference))  # read anew: a refusal has looked at it too
    return render(
        "travel_support/manage_support_request.html",
        meeting=offered.meeting,
        entry=(entry := queries.entry(offered, number)),
        others=queries.asked_with(entry.request),
        proofs=queries.proofs(number),
        left=queries.left_of(offered.meeting_id),
        form=form,
    )


def _decide_one(meeting: Meeting, number: int, form: GrantForm) -> TravelSupportRequest:
    seen = form.seen.data or ""
    if form.act.data == "refuse":
        return decisions.refuse(meeting.id, number, form.reason.data or "", seen=seen, **act())
    nights, tickets = form.nights.data or 0, form.tickets.data or 0
    return decisions.grant(meeting.id, number, nights, tickets, seen=seen, **act())


@access(policy.runners)
@limit_reading("120 per minute")
def support_proof(reference: str, number: int, proof_id: int) -> ResponseReturnValue:
    """To be saved, never shown by the browser in our name."""
    kept = queries.get_proof(load(reference), number, proof_id)
    return send_file(io.BytesIO(kept.content), kept.kind, as_attachment=True, download_name=kept.name)


@access(policy.runners)
@exports(STAFF)
def support_sheet(reference: str) -> Response:
    """What was granted and what it costs, for the partner who pays: without facts and reasons."""
    meeting = _load(reference)
    return attachment(granted_at(meeting, _offer(meeting)), queries.granted(meeting), "xlsx")


def _load(reference: str) -> Meeting:
    """The meeting with what it offers."""
    return load(reference, queries.with_offer())


def _offer(meeting: Meeting) -> TravelSupportOffer:
    return found(queries.offer_of(meeting))


def _state(typed: str) -> TravelSupportState:
    return TravelSupportState(typed) if typed in list(TravelSupportState) else TravelSupportState.REQUESTED
