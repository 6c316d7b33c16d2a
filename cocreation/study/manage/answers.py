"""The institution's desk: its bundle, answered together; one by one in the room `answers`."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.cycles.models import Phase
from cocreation.cycles.policy import closed
from cocreation.ideas.forms.choices import ticked
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.study import policy
from cocreation.study.forms import DelegateForm, InstitutionAnswerForm, answer_form
from cocreation.study.queries import bundle as bundle_queries, colleagues, referrals
from cocreation.study.services import answers
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.institution)
def bundle() -> ResponseReturnValue:
    """What awaits an answer; with ?answered=1 what has one. The same answer can go to all that are ticked."""
    own_bundle, form = policy.bundle_of(current_person()), batch_form()
    if form.submitted() and not confirmation.was_declined():
        chosen = bundle_queries.own(form.ids, own_bundle)
        if confirmation.is_to_ask(len(chosen)):
            question = _n("Answer %(count)s idea so?", "Give %(count)s ideas the same answer?", len(chosen))
            return confirmation.ask(
                question, _("Yes, answer"), len(chosen), bundle_queries.references(chosen)
            )
        given = form.attempt(answers.answer_all, chosen, form.answer(), **act())
        if given:
            flash(_n("%(count)s idea was answered.", "%(count)s ideas were answered.", len(given)))
            return redirect(url_for(".bundle", answered=request.args.get("answered")))
    return bundle_page(form, form)


def bundle_page(form: object, sent: Any, giving: DelegateForm | None = None) -> ResponseReturnValue:
    """The bundle with the forms under it; `sent` is the one that was sent, with what it refused."""
    person, today, answered = current_person(), clock.today(), bool(request.args.get("answered"))
    own_bundle = policy.bundle_of(person)
    cycles = bundle_queries.bundle_cycles(own_bundle)
    return render(
        "study/bundle.html",
        form=sent,
        answering=form,
        giving=giving or delegate_form(own_bundle),
        referrals=bundle_queries.bundle(own_bundle, answered=answered, cursor=request.args.get("cursor")),
        counts=bundle_queries.bundle_counts(own_bundle, today),
        cycles=cycles,
        closed=closed(cycles, Phase.STUDY, clock.now()),
        phase=Phase.STUDY,
        several=len(own_bundle.speaks_for | own_bundle.helps) > 1,
        leads=bool(own_bundle.speaks_for),
        answered=answered,
        today=today,
        ticked=ticked(sent),
    )


def delegate_form(own_bundle: policy.Bundle) -> DelegateForm:
    people = [grant for grant, _waiting in colleagues.colleagues(own_bundle)] if own_bundle.speaks_for else []
    return DelegateForm(
        people, colleagues.institutions_of(own_bundle) if len(own_bundle.speaks_for) > 1 else ()
    )


def batch_form() -> InstitutionAnswerForm:
    today = clock.today()
    return answer_form(
        bundle_queries.commitments(studied_on=today),
        referrals.institutions(),
        bundle_queries.studied_criteria(today),
    )
