"""Public pages about help with transport and lodging: the criteria and the figures, and asking for it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.database import found
from cocreation.demographics import suppression
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.places.models.registration import Registration
from cocreation.travel_support import queries, ranking
from cocreation.travel_support.forms import PROOFS, TravelSupportRequestForm
from cocreation.travel_support.models import TravelSupportState
from cocreation.travel_support.services import requests as travel_support_requests
from cocreation.web import confirmation
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files


@access(anyone)
def support(reference: str) -> ResponseReturnValue:
    """Criteria and weights; by province what was asked for, once nobody can ask any more."""
    offer = queries.public_offer(reference)
    ended = policy.end(offer.meeting, clock.now())
    is_open = not ended and offer.is_open(clock.today())
    requests, grants, lines = queries.by_province(offer.meeting_id)
    few = requests < suppression.SMALLEST_SHOWN
    return render(
        "travel_support/support.html",
        offer=offer,
        meeting=offer.meeting,
        weights=queries.weights(offer.meeting_id),
        ended=ended,
        is_open=is_open,
        requests=requests,
        grants=grants,
        lines=[] if is_open or few else lines,
        few=few,
        source=ranking.SOURCE,
        far=ranking.FAR,
    )


@access(by_secret)
@limit_reading("60 per minute")
@takes_files(PROOFS, megabytes=12)
def ask_for_support(receipt: str) -> ResponseReturnValue:
    registration = queries.registration_with_offer(receipt)
    offer = found(queries.offer_of(registration.meeting))
    form = TravelSupportRequestForm(offer, queries.weights(offer.meeting_id))
    if form.submitted() and form.carries_out(
        travel_support_requests.ask, registration.receipt, form.wanted(), form.files(), now=clock.now()
    ):
        flash(_("Your request is sent. You will find the answer on this page."))
        return _back(registration)
    return _ask_page(receipt, form)


@access(by_secret)
@limit_reading("60 per minute")
@takes_files(PROOFS, megabytes=12)
def change_support(receipt: str) -> ResponseReturnValue:
    """What was asked for, to be changed until it is decided or nobody can ask any more."""
    registration = queries.registration_with_offer(receipt)
    offer, asked = found(queries.offer_of(registration.meeting)), found(queries.of_registration(registration))
    form = TravelSupportRequestForm(
        offer, queries.weights(offer.meeting_id), asked, queries.proofs(registration.id)
    )
    if form.submitted() and form.carries_out(
        travel_support_requests.change,
        registration.receipt,
        form.wanted(),
        form.files(),
        form.taken_out(),
        now=clock.now(),
    ):
        flash(_("Your request is changed."))
        return _back(registration)
    return _ask_page(receipt, form, changes=True)


@access(by_secret)
@limit_reading("60 per minute")
def withdraw_support(receipt: str) -> ResponseReturnValue:
    registration = queries.registration_with_offer(receipt)
    question = _("Withdraw your request for help? What you wrote for it is erased.")
    back = url_for("registration.show_registration", receipt=registration.receipt)
    if asked := confirmation.certain(question, _("Yes, withdraw"), back):
        return asked
    travel_support_requests.withdraw(registration.receipt, now=clock.now())
    flash(_("Your request for help is withdrawn, and what you wrote for it is erased."))
    return _back(registration)


def _ask_page(receipt: str, form: TravelSupportRequestForm, *, changes: bool = False) -> ResponseReturnValue:
    """Read anew, since a refusal has looked at it too."""
    registration = queries.registration_with_offer(receipt)
    offer, asked = found(queries.offer_of(registration.meeting)), queries.of_registration(registration)
    if asked and asked.state == TravelSupportState.WITHDRAWN:
        asked = None
    return render(
        "travel_support/support_ask.html",
        registration=registration,
        meeting=registration.meeting,
        offer=offer,
        ended=policy.end(registration.meeting, clock.now()),
        asked=asked,
        changes=changes and asked is not None and asked.state == TravelSupportState.REQUESTED,
        is_open=offer.is_open(clock.today()),
        form=form,
    )


def _back(registration: Registration) -> ResponseReturnValue:
    return redirect(url_for("registration.show_registration", receipt=registration.receipt))
