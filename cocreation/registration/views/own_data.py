"""A participant's own page: what they can change, take along and have forgotten."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, flash, redirect, url_for

from cocreation.core import clock, secrets
from cocreation.core.errors import Refusal
from cocreation.core.i18n import gettext as _
from cocreation.registration import queries
from cocreation.registration.forms.registration import change_form
from cocreation.registration.services import answers, own_data
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(by_secret)
@limit_reading("60 per minute")
def change_registration(receipt: str) -> Any:
    registration, now = queries.get_registration(receipt), clock.now()
    meeting, own = registration.meeting, registration.receipt
    try:
        answers.check_change(meeting, registration, now)
    except Refusal as refusal:
        words = {"meeting": meeting, "receipt": own, "refusal": refusal}
        return render("registration/change_registration.html", refusal.status, form=None, **words)
    form = change_form(registration, answers.questions_of(meeting.id, internal=False))
    if form.submitted() and form.attempt(answers.change, own, form.answers(), now=now):
        flash(_("Your changes are saved."))
        return redirect(url_for("registration.show_registration", receipt=own))
    return render("registration/change_registration.html", form=form, meeting=meeting, receipt=own)


@access(by_secret)
@limit_reading("60 per minute")
def export_registration(receipt: str) -> Response:
    held = own_data.export(secrets.read_receipt(receipt))
    response = Response(json.dumps(held, ensure_ascii=False, indent=2), mimetype="application/json")
    name = held["registration"]["meeting"]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
