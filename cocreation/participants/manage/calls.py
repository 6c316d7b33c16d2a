"""A registration that nobody has confirmed, confirmed by a call."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.registration.services import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act


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
