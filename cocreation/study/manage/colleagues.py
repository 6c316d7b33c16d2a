"""The focal point's colleagues: who helps to study the ideas, and which ones."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.study import policy
from cocreation.study.forms import ColleagueForm
from cocreation.study.manage.answers import batch_form, bundle_page, delegate_form
from cocreation.study.queries import bundle, colleagues as study_colleagues
from cocreation.study.services import colleagues as services_colleagues
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.limits import limit
from cocreation.web.rendering import render


@access(policy.focal_points)
def delegate() -> ResponseReturnValue:
    """Give what is ticked in the bundle to a colleague, or take it back."""
    own_bundle = policy.bundle_of(current_person())
    form = delegate_form(own_bundle)
    if form.submitted() and not confirmation.was_declined():
        ids = bundle.own(form.ids, own_bundle)
        if confirmation.is_to_ask(len(ids)):
            return _ask_first(ids, form.person_id)
        given = form.attempt(services_colleagues.delegate, own_bundle, ids, form.person_id, **act())
        if given:
            flash(_delegated(len(given), form.person_id))
            return redirect(url_for(".bundle", answered=request.args.get("answered")))
    return bundle_page(batch_form(), form, form)


@access(policy.focal_points)
@limit("30 per hour")
def colleagues() -> ResponseReturnValue:
    """The colleagues of one's institutions, with a form to invite another one."""
    own_bundle = policy.bundle_of(current_person())
    form = ColleagueForm(study_colleagues.institutions_of(own_bundle))
    if form.submitted() and form.carries_out(
        services_colleagues.invite_colleague, own_bundle, form.institution_id, **form.person(), **act()
    ):
        flash(_("The invitation is on its way."))
        return redirect(url_for(".colleagues"))
    return render(
        "study/colleagues.html",
        form=form,
        colleagues=study_colleagues.colleagues(own_bundle),
        names={
            institution.id: institution.name for institution in study_colleagues.institutions_of(own_bundle)
        },
    )


@access(policy.focal_points)
def dismiss(institution_id: int, person_id: int) -> ResponseReturnValue:
    own_bundle = policy.bundle_of(current_person())
    question = _("End this access? What they had is yours again.")
    if asked := confirmation.certain(question, _("Yes, end it"), url_for(".colleagues")):
        return asked
    services_colleagues.dismiss_colleague(own_bundle, institution_id, person_id, **act())
    flash(_("This colleague no longer sees your ideas; what they had is yours again."))
    return redirect(url_for(".colleagues"))


def _ask_first(ids: Sequence[int], person_id: int | None) -> ResponseReturnValue:
    question = _n(
        "Give %(count)s idea to your colleague?", "Give %(count)s ideas to your colleague?", len(ids)
    )
    if person_id is None:
        question = _n("Take %(count)s idea back?", "Take %(count)s ideas back?", len(ids))
    return confirmation.ask(question, _("Yes, for all of them"), len(ids), bundle.references(ids))


def _delegated(count: int, person_id: int | None) -> str:
    if person_id is None:
        return _n("%(count)s idea is yours again.", "%(count)s ideas are yours again.", count)
    return _n(
        "%(count)s idea was given to your colleague.", "%(count)s ideas were given to your colleague.", count
    )
