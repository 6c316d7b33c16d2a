"""Public pages about help with transport and lodging: the criteria and the figures, and asking for it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from cocreation.core import clock
from cocreation.core.database import found
from cocreation.core.i18n import gettext as _
from cocreation.meetings import queries, ranking, suppression
from cocreation.meetings.forms.supporting import AskForm
from cocreation.meetings.queries import supporting
from cocreation.meetings.services.supporting import ask
from cocreation.meetings.views.blueprint import bp
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_up_to


@bp.get("/meetings/<reference>/support")
@access(anyone)
def support(reference: str) -> Any:
    """Criteria and weights; by province what was asked for, once nobody can ask any more."""
    offer = supporting.public_offer(reference)
    is_open = offer.is_open(clock.today())
    requests, grants, lines = supporting.by_province(offer.meeting_id)
    few = requests < suppression.SMALLEST_SHOWN
    return render(
        "meetings/support.html",
        offer=offer,
        meeting=offer.meeting,
        weights=supporting.weights(offer.meeting_id),
        is_open=is_open,
        requests=requests,
        grants=grants,
        lines=[] if is_open or few else lines,
        few=few,
        source=ranking.SOURCE,
        far=ranking.FAR,
    )


@bp.route("/registrations/<receipt>/support", methods=["GET", "POST"])
@access(by_secret)
@limit_reading("60 per minute")
@takes_up_to(12)
def ask_for_support(receipt: str) -> Any:
    registration = queries.get_registration(receipt)
    offer, meeting = found(registration.meeting.support), registration.meeting
    weights = supporting.weights(offer.meeting_id)
    form = AskForm(weights)
    if form.submitted():
        files, now = form.files(), clock.now()
        if form.attempt(ask, registration.receipt, form.wanted(), files, now=now):
            flash(_("Your request is sent. You will find the answer on this page."))
            return redirect(url_for("meetings.show_registration", receipt=registration.receipt))
        registration = queries.get_registration(receipt)
        offer, meeting = found(registration.meeting.support), registration.meeting
    return render(
        "meetings/support_ask.html",
        registration=registration,
        meeting=meeting,
        offer=offer,
        weights=weights,
        asked=supporting.of_registration(registration),
        is_open=offer.is_open(clock.today()),
        form=form,
    )
