"""Where one idea is answered for an institution, and what is not sent yet."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.answers import forms, pages, queries, services
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Phase
from cocreation.cycles.policy import closed
from cocreation.languages.i18n import gettext as _
from cocreation.study import policy
from cocreation.study.forms import InstitutionAnswerForm
from cocreation.study.models import Referral
from cocreation.study.queries import bundle, referrals
from cocreation.study.services import answers
from cocreation.study.services.criteria import share_of
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(policy.institution)
def answer(reference: str, slug: str) -> ResponseReturnValue:
    """One idea and the answer of an institution to it: sent, or kept as a draft for its own people."""
    referral = _referral(reference, slug)
    form = forms.form_of(referral)
    if forms.is_to_keep():
        if _keeps(referral.id, form):
            flash(_("The draft is kept. Nobody outside your institution sees it, and nothing was sent."))
            return redirect(url_for(".answer", reference=reference, slug=slug))
    elif form.submitted() and form.carries_out(answers.answer, referral.id, form.answer(), **act()):
        flash(_("Your answer is saved. It becomes public when the fates are published."))
        return redirect(url_for("manage_study.bundle"))
    if form.refusal:
        referral = bundle.referral_to_answer(reference, slug)  # as whoever was first left it
    return _page(referral, form)


@access(policy.institution)
def discard(reference: str, slug: str) -> ResponseReturnValue:
    referral, form = _referral(reference, slug), Form()
    back = url_for(".answer", reference=reference, slug=slug)
    question = _("Throw this draft away? What was already sent stays.")
    if asked := confirmation.certain(question, _("Yes, throw it away"), back, reference):
        return asked
    if form.submitted() and form.carries_out(services.discard, referral.id):
        flash(_("The draft is thrown away."))
    return redirect(back)


@access(policy.institution)
def drafts() -> ResponseReturnValue:
    """The answers of one's bundle that were begun and not sent."""
    return render("answers/drafts.html", referrals=queries.drafts(policy.bundle_of(current_person())))


@access(policy.institution)
def paper(code: str | None = None) -> ResponseReturnValue:
    """The bundle of a cycle, the latest unless it is named, to be printed and signed."""
    own_bundle = policy.bundle_of(current_person())
    cycles = queries.cycles(own_bundle)
    cycle = next((cycle for cycle in cycles if code in (None, cycle.code)), None)
    if cycle is None:
        raise NotFound
    rows = pages.printed(
        bundle.bundle_of_cycle(own_bundle, cycle.id), bundle.commitments(cycle.id), referrals.institutions()
    )
    return render("answers/paper.html", cycle=cycle, cycles=cycles, rows=rows, today=clock.today())


def _referral(reference: str, slug: str) -> Referral:
    referral = bundle.referral_to_answer(reference, slug)
    if not policy.can_answer(current_person(), referral):
        raise NotFound
    return referral


def _keeps(referral_id: int, form: InstitutionAnswerForm) -> bool:
    kept = forms.may_be_kept(form)
    return kept and form.carries_out(services.keep, referral_id, forms.fields_of(form), **act())


def _page(referral: Referral, form: InstitutionAnswerForm) -> ResponseReturnValue:
    return render(
        "answers/answer.html",
        form=form,
        referral=referral,
        share=share_of(referral.assessments),
        neighbours=queries.neighbours(referral.idea.source_line),
        today=clock.today(),
        closed=closed([referral.idea.cycle], Phase.STUDY, clock.now()),
        phase=Phase.STUDY,
    )
