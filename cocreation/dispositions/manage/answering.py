"""The focal point's desk: the bundle of its institutions."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.models import Role
from cocreation.accounts.policy import staff
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.dispositions import policy, queries, services
from cocreation.dispositions.forms import AnswerForm
from cocreation.dispositions.manage import bp
from cocreation.dispositions.manage.acts import act, ticked
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@bp.route("/bundle", methods=["GET", "POST"])
@access(staff(Role.FOCAL_POINT))
def bundle() -> Any:
    """What awaits an answer; with ?answered=1 what has one. The same answer can go to all that are ticked."""
    mine, today = current_person().scopes(Role.FOCAL_POINT), clock.today()
    answered = bool(request.args.get("answered"))
    form = AnswerForm(queries.commitments(studied_on=today))
    if form.submitted():
        given = form.attempt(services.answer_all, queries.own(form.ids, mine), form.answer(), **act())
        if given:
            flash(_n("%(count)s idea was answered.", "%(count)s ideas were answered.", len(given)))
            return redirect(url_for(".bundle", answered=1 if answered else None))
    return render(
        "dispositions/bundle.html",
        form=form,
        referrals=queries.bundle(mine, answered=answered, cursor=request.args.get("cursor")),
        counts=queries.bundle_counts(mine, today),
        several=len(mine) > 1,
        answered=answered,
        today=today,
        ticked=ticked(form),
    )


@bp.route("/bundle/<reference>/<slug>", methods=["GET", "POST"])
@access(staff(Role.FOCAL_POINT))
def answer(reference: str, slug: str) -> Any:
    """One idea and the answer of an institution to it."""
    referral = queries.referral_to_answer(reference, slug)
    if not policy.can_answer(current_person(), referral):
        raise NotFound
    form = AnswerForm(queries.commitments(referral.idea.cycle_id), referral)
    if form.submitted() and form.attempt(services.answer, referral.id, form.answer(), **act()):
        flash(_("Your answer is saved. It becomes public when the fates are published."))
        return redirect(url_for(".bundle"))
    if form.refusal:
        referral = queries.referral_to_answer(reference, slug)  # as whoever was first left it
    return render("dispositions/answer.html", form=form, referral=referral, today=clock.today())
