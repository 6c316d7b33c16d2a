"""The desk that sends accepted ideas to institutions."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.i18n import ngettext as _n
from cocreation.ideas.forms.choices import ticked
from cocreation.ideas.models.idea import IdeaState
from cocreation.study.forms import ReferralForm
from cocreation.study.queries import referrals as study_referrals
from cocreation.study.services import referrals as services_referrals, reminders
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render

STUDIED = (IdeaState.REFERRED, IdeaState.ANSWERED)


@access(secretariat)
def referrals() -> ResponseReturnValue:
    """Accepted ideas to send; with ?studied=1 those already sent, to send to a further institution."""
    studied = bool(request.args.get("studied"))
    institutions = study_referrals.institutions()
    form = ReferralForm(institutions)
    if form.submitted():
        to, due_on = form.institution_ids, form.due_on.data
        sent = form.attempt(services_referrals.refer, form.ids, to, due_on=due_on, **act())
        if sent:
            flash(_n("%(count)s referral was sent.", "%(count)s referrals were sent.", len(sent)))
            return redirect(url_for(".referrals", studied=1 if studied else None))
    ideas = study_referrals.to_refer(
        STUDIED if studied else (IdeaState.ACCEPTED,), request.args.get("cursor")
    )
    return render(
        "study/referrals.html",
        form=form,
        ideas=ideas,
        sent=study_referrals.referrals_of(ideas),
        studied=studied,
        late=study_referrals.late_total(clock.today()),
        ticked=ticked(form),
    )


@access(secretariat)
def late() -> ResponseReturnValue:
    """The answers that are late, by institution, and each of them."""
    return _late_page(Form())


@access(secretariat)
def remind(slug: str) -> ResponseReturnValue:
    """Write to the people of an institution that is late; once a day."""
    form = Form()
    if form.submitted() and (told := form.attempt(reminders.remind_now, slug, **act())):
        flash(_n("%(count)s person was reminded.", "%(count)s people were reminded.", told))
        return redirect(url_for(".late"))
    return _late_page(form)


def _late_page(form: Form) -> ResponseReturnValue:
    today = clock.today()
    return render(
        "study/late.html",
        form=form,
        bodies=study_referrals.late_counts(today),
        referrals=study_referrals.late(today, request.args.get("cursor")),
        today=today,
    )
