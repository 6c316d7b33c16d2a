"""The right of reply: appeals against published fates, and the rewording of published reasons."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.models import Duty
from cocreation.accounts.policy import SECRETARIAT, holders, runs_everything, secretariat, staff
from cocreation.core import clock
from cocreation.core.i18n import gettext as _
from cocreation.core.text.markup import isolate_text
from cocreation.fates.forms.revisions import HearingForm, RevisionForm
from cocreation.fates.manage.acts import act
from cocreation.fates.queries import appeals as dispositions_appeals
from cocreation.fates.services import appeals as fates_appeals, revisions
from cocreation.fates.services.drafts import Decision
from cocreation.study.queries import bundle, referrals
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(staff(*SECRETARIAT, *holders(Duty.COMMITTEE)))
def appeals() -> Any:
    """Appeals that wait, the oldest first; with ?answered=1 those that were answered."""
    answered = bool(request.args.get("answered"))
    return render(
        "fates/appeals.html",
        appeals=dispositions_appeals.appeals(answered=answered, cursor=request.args.get("cursor")),
        counts=dispositions_appeals.appeal_counts(),
        answered=answered,
        today=clock.today(),
        at_desks=runs_everything(current_person()),
    )


@access(staff(*SECRETARIAT, *holders(Duty.COMMITTEE)))
def hear(reference: str) -> Any:
    appeal = dispositions_appeals.appeal_to_hear(reference)
    idea, me = appeal.idea, current_person()
    form = HearingForm(idea, referrals.institutions(), bundle.commitments(idea.cycle_id))
    if form.submitted() and form.attempt(fates_appeals.hear, idea.id, *form.values(), **act()):
        flash(_("The answer on %(reference)s is published.", reference=isolate_text(reference)))
        return redirect(url_for(".appeals"))
    appeal = dispositions_appeals.appeal_to_hear(reference)  # afresh: what refused may have reread it alone
    may_hear = not appeal.outcome and me.id not in dispositions_appeals.first_deciders(idea.id)
    return render("fates/hear.html", form=form, appeal=appeal, idea=idea, may_hear=may_hear)


@access(secretariat)
def reword(reference: str) -> Any:
    """New words for the reasons of a published fate."""
    idea = dispositions_appeals.published_idea(reference)
    form = RevisionForm(idea, referrals.institutions())
    if form.submitted():
        revised = (idea.id, form.decision())
        if form.attempt(
            revisions.revise_published, *revised, why=form.why.data, seen=form.seen.data, **act()
        ):
            flash(_("The new reasons are published, the old ones stay beside them."))
            return redirect(url_for("portal.idea", reference=reference))
        idea = dispositions_appeals.published_idea(reference)  # afresh: what refused may have reread it alone
        form.seen.data = Decision.of(idea).mark  # what they now see beside their own
    return render("fates/reword.html", form=form, idea=idea)
