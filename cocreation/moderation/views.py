"""Public pages of moderation: report an idea, contest that yours is hidden, what moderation did."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.moderation.forms import ContestForm, ReportForm
from cocreation.moderation.queries import ideas as queries, log
from cocreation.moderation.services import ideas as services
from cocreation.moderation.services.hidings import CONTEST_WITHIN
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """The rule, and what was done by it, in numbers."""
    return render("moderation/index.html", log=log.log(clock.now()), within=CONTEST_WITHIN.days)


@access(anyone)
@limit("10 per hour")
def report(reference: str) -> ResponseReturnValue:
    idea, form = queries.get_public_idea(reference), ReportForm()
    if form.submitted():
        services.report(idea.id, form.complaint(), once=form.sending(), now=clock.now())
        return redirect(url_for(".reported"))
    return render("moderation/report.html", form=form, idea=idea)


@access(anyone)
def reported() -> ResponseReturnValue:
    """The same answer always."""
    return render("moderation/reported.html")


@access(by_secret)
@limit_reading("60 per minute")
def contest(receipt: str) -> ResponseReturnValue:
    idea, hiding = queries.hidden_by_receipt(secrets.read_receipt(receipt))
    form = ContestForm()
    if form.submitted() and form.carries_out(
        services.contest, idea.receipt, form.words.data, now=clock.now()
    ):
        return redirect(url_for(".contest", receipt=idea.receipt))
    return render("moderation/contest.html", form=form, idea=idea, hiding=hiding, today=clock.today())
