"""The address of somebody who registered by telephone: noted when they tell it, and written to."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.participants import queries
from cocreation.participants.refusals import AddressConfirmed
from cocreation.participants.services import addresses
from cocreation.text.markup import isolate_text
from cocreation.web import sendings
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def give_address(reference: str, number: int) -> ResponseReturnValue:
    registration = queries.get_participant(load(reference), number)
    form = sendings.AddressForm(data={"email": registration.email})
    if form.submitted() and form.carries_out(
        addresses.give_address, registration.receipt, form.email.data, **act()
    ):
        flash(_("The receipt is sent to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(url_for("manage_participants.participant", reference=reference, number=number))
    meeting = load(reference)  # read anew: a refusal has let go of what came with it
    person = queries.get_participant(meeting, number)
    refused = None if addresses.can_be_given(person) else AddressConfirmed()
    return render(
        "participants/manage_address.html",
        form=form,
        meeting=meeting,
        registration=person,
        refused=refused,
    )
