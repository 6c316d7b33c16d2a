"""The desk that sends accepted ideas to institutions."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.desks.queries import lists
from cocreation.desks.queries.lists import DeskFilter, DeskOrder
from cocreation.ideas.forms.choices import row_id, ticked
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.rows import references_of
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.study.forms import RecallForm, ReferralForm, SentToForm, ToInstitutionsForm
from cocreation.study.queries import referrals as study_referrals
from cocreation.study.services import recalls, referrals as services_referrals, reminders
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render
from cocreation.web.whereabouts import kept, one_of

TO_SEND, STUDIED = (IdeaState.ACCEPTED,), (IdeaState.REFERRED, IdeaState.ANSWERED)
PLACE = ("studied", "theme", "institution", "order", "cursor")  # where in the lists somebody is


@access(secretariat)
def referrals() -> ResponseReturnValue:
    """Accepted ideas to send; with ?studied=1 those already sent, to send to a further institution or to take
    back.
    """
    form: ToInstitutionsForm
    if request.form.get("act") == "recall":
        form = RecallForm(study_referrals.institutions())
        done = _recall(form) if form.submitted() else None
    else:
        form = ReferralForm(study_referrals.institutions())
        done = _refer(form) if form.submitted() else None
    return done or _referrals_page(form)


def _refer(form: ReferralForm) -> ResponseReturnValue | None:
    """The answer once it is done or has to be asked about; None where the page is shown again."""
    ids, to = _chosen(form), form.institution_ids
    many = study_referrals.unsent_count(ids, to)
    if confirmation.was_declined():
        return None
    if confirmation.is_to_ask(many):
        question = _n("Send %(count)s referral?", "Send %(count)s referrals?", many)
        return confirmation.ask(question, _("Yes, send"), many, references_of(ids))
    sent = form.attempt(services_referrals.refer, ids, to, due_on=form.due_on.data, **act())
    if not sent:
        return None
    flash(_n("%(count)s referral was sent.", "%(count)s referrals were sent.", len(sent)))
    return redirect(url_for(".referrals", **kept(*PLACE)))


def _recall(form: RecallForm) -> ResponseReturnValue | None:
    ids = _chosen(form)
    many = study_referrals.waiting_count(ids, form.institution_ids)
    if confirmation.was_declined():
        return None
    if confirmation.is_to_ask(many):
        question = _n("Take %(count)s referral back?", "Take %(count)s referrals back?", many)
        return confirmation.ask(question, _("Yes, take back"), many, references_of(ids), "danger")
    taken = form.attempt(recalls.recall, ids, form.institution_ids, form.why.data, **act())
    if not taken:
        return None
    flash(_n("%(count)s referral was taken back.", "%(count)s referrals were taken back.", taken))
    return redirect(url_for(".referrals", **kept(*PLACE)))


def _referrals_page(form: ToInstitutionsForm) -> ResponseReturnValue:
    institutions, narrowed = study_referrals.institutions(), _narrowed()
    every = _listed(narrowed)
    ideas = lists.listed(_of_theme(every), narrowed.order, request.args.get("cursor"))
    return render(
        "study/referrals.html",
        form=form,
        sending=form if isinstance(form, ReferralForm) else ReferralForm(institutions),
        recalling=form if isinstance(form, RecallForm) else RecallForm(institutions),
        ideas=ideas,
        sent=study_referrals.referrals_of(ideas),
        studied="studied" in request.args,
        counts=study_referrals.desk_counts(clock.today()),
        themes=lists.theme_counts(every),
        narrowed=narrowed,
        narrow=SentToForm(institutions, narrowed.institution),
        ticked=ticked(form),
    )


def _narrowed() -> DeskFilter:
    order = one_of(DeskOrder, "order") or DeskOrder.OLDEST
    return DeskFilter(row_id(request.args.get("theme")), row_id(request.args.get("institution")), order)


def _listed(narrowed: DeskFilter) -> Select[Idea]:
    return study_referrals.to_refer(STUDIED if "studied" in request.args else TO_SEND, narrowed)


def _of_theme(ideas: Select[Idea]) -> Select[Idea]:
    theme = _narrowed().theme
    return ideas if theme is None else ideas.where(lists.of_theme(theme))


def _chosen(form: ToInstitutionsForm) -> list[int]:
    """What is ticked, or every idea that the address leaves in the list."""
    return lists.ids_of(_of_theme(_listed(_narrowed()))) if form.every.data else form.ids


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
