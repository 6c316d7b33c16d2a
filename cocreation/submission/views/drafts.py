"""A form kept for later: what its secret link opens."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.languages.i18n import gettext as _
from cocreation.submission.forms.idea import IdeaForm
from cocreation.submission.queries import submission
from cocreation.submission.services import drafts
from cocreation.submission.views.wizard import write
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render
from cocreation.web.sendings import AddressForm


@access(by_secret)
@limit_reading("60 per minute")
def draft(receipt: str) -> ResponseReturnValue:
    """The form as it was left."""
    kept = submission.get_draft(secrets.read_receipt(receipt))
    return write(IdeaForm.of_draft(kept.once, kept.content))


@access(by_secret)
@limit("5 per hour")
@limit_reading("60 per minute")
def draft_link(receipt: str) -> ResponseReturnValue:
    """The link itself: to copy, to scan, to have mailed."""
    kept = submission.get_draft(secrets.read_receipt(receipt))
    form = AddressForm(data={"email": kept.content.get("email")})
    if form.submitted():
        drafts.send_link(kept.receipt, form.email.data, now=clock.now())
        flash(_("The link is on its way to %(address)s.", address=form.email.data))
        return redirect(request.path)
    address = absolute_url("submission.draft", receipt=kept.receipt)
    until = drafts.expires_at(kept)
    return render("submission/draft_link.html", form=form, address=address, qr=qr_code(address), until=until)
