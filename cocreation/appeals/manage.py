"""The desk where appeals are answered."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Duty
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.appeals import queries, services
from cocreation.appeals.forms import HearingForm
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.study.queries import bundle, referrals as study_referrals
from cocreation.text.markup import isolate_text
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(staff(*SECRETARIAT, *holders(Duty.COMMITTEE)))
def index() -> ResponseReturnValue:
    """Appeals that wait, the oldest first; with ?answered=1 those that were answered."""
    answered = bool(request.args.get("answered"))
    return render(
        "appeals/index.html",
        appeals=queries.appeals(answered=answered, cursor=request.args.get("cursor")),
        counts=queries.appeal_counts(),
        answered=answered,
        today=clock.today(),
        at_desks=current_person().runs_everything,
    )


@access(staff(*SECRETARIAT, *holders(Duty.COMMITTEE)))
def hear(reference: str) -> ResponseReturnValue:
    appeal = queries.appeal_to_hear(reference)
    idea, me = appeal.idea, current_person()
    form = HearingForm(idea, study_referrals.institutions(), bundle.commitments(idea.cycle_id))
    if form.submitted() and form.carries_out(services.hear, idea.id, *form.values(), **act()):
        flash(_("The answer on %(reference)s is published.", reference=isolate_text(reference)))
        return redirect(url_for(".index"))
    appeal = queries.appeal_to_hear(reference)  # afresh: what refused may have reread it alone
    may_hear = not appeal.outcome and me.id not in queries.first_deciders(idea.id)
    return render("appeals/hear.html", form=form, appeal=appeal, idea=idea, may_hear=may_hear)
