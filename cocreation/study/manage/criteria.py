"""The criteria of a cycle, set by the secretariat before the first idea is assessed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import gettext as _
from cocreation.study.forms import CriterionForm
from cocreation.study.queries import criteria as study_criteria
from cocreation.study.services import criteria as services_criteria
from cocreation.study.services.criteria import USUAL, are_in_use
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render

NUMBER = "<int:criterion_id>"


@access(secretariat)
def criteria(code: str) -> ResponseReturnValue:
    """The criteria with a form to add one."""
    cycle, form = study_criteria.cycle_called(code), CriterionForm()
    if form.submitted():
        added = form.attempt(
            services_criteria.add_criterion, cycle.id, form.name.data, form.weight.data, **act()
        )
        if added:
            flash(_("It is added."))
            return _to_list(code)
    return _page(cycle, form)


@access(secretariat)
def usual_criteria(code: str) -> ResponseReturnValue:
    """The usual five, for a cycle that has none."""
    cycle, form = study_criteria.cycle_called(code), Form()
    if form.submitted() and form.carries_out(services_criteria.add_usual_criteria, cycle.id, **act()):
        flash(_("The usual criteria are added. You can change them until the first idea is assessed."))
        return _to_list(code)
    return _page(cycle, form)


@access(secretariat)
def criterion(code: str, criterion_id: int) -> ResponseReturnValue:
    """One of them, with a form to change it."""
    cycle = study_criteria.cycle_called(code)
    found = study_criteria.criterion(cycle.id, criterion_id)
    form = CriterionForm(obj=found)
    if form.submitted():
        values = form.name.data, form.weight.data
        if form.attempt(services_criteria.change_criterion, cycle.id, found.id, *values, **act()):
            flash(_("It is saved."))
            return _to_list(code)
    return render("study/criterion.html", form=form, cycle=cycle, criterion=found)


@access(secretariat)
def move_criterion(code: str, criterion_id: int, way: str) -> ResponseReturnValue:
    cycle, form = study_criteria.cycle_called(code), Form()
    form.attempt(services_criteria.move_criterion, cycle.id, criterion_id, down=way == "down", **act())
    return _page(cycle, form) if form.refusal else _to_list(code)


@access(secretariat)
def remove_criterion(code: str, criterion_id: int) -> ResponseReturnValue:
    cycle, form = study_criteria.cycle_called(code), Form()
    page = url_for("manage_study.criteria", code=code)
    if asked := confirmation.certain(_("Remove this criterion?"), _("Yes, remove it"), page):
        return asked
    form.attempt(services_criteria.remove_criterion, cycle.id, criterion_id, **act())
    if form.refusal:
        return _page(cycle, form)
    flash(_("It is removed."))
    return _to_list(code)


def _page(cycle: Cycle, form: Form) -> ResponseReturnValue:
    """The list; `form` is the one that was sent, with what it refused."""
    found = study_criteria.criteria(cycle.id)
    return render(
        "study/criteria.html",
        form=form,
        adding=form if isinstance(form, CriterionForm) else CriterionForm(),
        cycle=cycle,
        criteria=found,
        total_weight=sum(criterion.weight for criterion in found),
        in_use=are_in_use(cycle.id),
        usual=USUAL,
    )


def _to_list(code: str) -> ResponseReturnValue:
    return redirect(url_for(".criteria", code=code))
