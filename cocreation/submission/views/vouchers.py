"""An association is asked whether an idea is its own."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.submission.forms.voucher import VouchForm
from cocreation.submission.queries import submission
from cocreation.submission.services import vouchers
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(by_secret)
@limit_reading("60 per minute")
def vouch(voucher: str) -> ResponseReturnValue:
    author, form = submission.to_vouch_for(secrets.read_receipt(voucher)), VouchForm()
    if form.submitted():
        is_ours = form.ours.data == "yes"
        vouchers.answer(author.voucher or "", is_ours=is_ours, now=clock.now())
        return redirect(request.path)
    return render("submission/vouch.html", form=form, author=author, idea=author.idea)
