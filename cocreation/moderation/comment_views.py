"""Public pages of moderation of comments: report one, contest that yours is hidden."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.comments.queries import get_comment
from cocreation.core import clock, secrets
from cocreation.moderation.forms import ContestForm, ReportForm
from cocreation.moderation.queries import comments as queries
from cocreation.moderation.services import comments as services
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(anyone)
@limit("10 per hour")
def report_comment(reference: str, number: int) -> ResponseReturnValue:
    comment, form = get_comment(reference, number), ReportForm()
    if form.submitted():
        services.report(comment.id, form.complaint(), once=form.sending(), now=clock.now())
        return redirect(url_for(".reported"))
    return render("moderation/report_comment.html", form=form, comment=comment)


@access(by_secret)
@limit_reading("60 per minute")
def contest_comment(receipt: str) -> ResponseReturnValue:
    comment, hiding = queries.hidden_by_receipt(secrets.read_receipt(receipt))
    form = ContestForm()
    if form.submitted() and form.carries_out(
        services.contest, comment.receipt, form.words.data, now=clock.now()
    ):
        return redirect(url_for(".contest_comment", receipt=comment.receipt))
    return render(
        "moderation/contest_comment.html", form=form, comment=comment, hiding=hiding, today=clock.today()
    )
