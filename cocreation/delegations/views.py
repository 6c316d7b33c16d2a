"""An association registers several people, and sees who of them answered what."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.delegations import queries, services
from cocreation.delegations.forms import delegation_form
from cocreation.delegations.refusals import RowsRefused
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.web import proof
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.networks import network
from cocreation.web.rendering import render


@access(anyone)
@limit("20 per minute")
@proof.rationed("20 per hour", "3 per hour", only_when=lambda: request.form.get("act") != "more")
def delegate(reference: str) -> ResponseReturnValue:
    """`act` "more" gives five more rows and keeps what was typed."""
    meeting, now = meetings_queries.get_meeting_to_register(reference), clock.now()
    form = delegation_form()
    if request.form.get("act") != "more" and form.submitted():
        sent = (meeting.id, form.party(), form.delegates())
        delegation = form.attempt(
            services.register_delegation, *sent, once=form.sending(), network=network(), now=now
        )
        if delegation:
            return redirect(url_for("delegations.show_delegation", receipt=delegation.receipt))
        if isinstance(form.refusal, RowsRefused):
            form.mark(form.refusal.rows)
    return render("delegations/delegate.html", meeting=meeting, form=form, stage=policy.stage(meeting, now))


@access(by_secret)
@limit_reading("60 per minute")
def show_delegation(receipt: str) -> ResponseReturnValue:
    delegation, people = queries.get_delegation(receipt)
    return render(
        "delegations/delegation.html",
        delegation=delegation,
        meeting=delegation.meeting,
        people=people,
        ended=policy.end(delegation.meeting, clock.now()),
    )
