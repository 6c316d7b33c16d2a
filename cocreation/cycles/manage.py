"""The secretariat's pages of the cycles."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.cycles import queries, services
from cocreation.cycles.forms import CycleForm, NewCycleForm, PartForm, ProposalForm
from cocreation.cycles.services import PARTS
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render

PART = f"<any({', '.join(PARTS)}):kind>"


@access(secretariat)
def index() -> ResponseReturnValue:
    return render("cycles/manage_index.html", cycles=queries.all_cycles(), today=clock.today())


@access(secretariat)
def new() -> ResponseReturnValue:
    proposal = ProposalForm()
    proposal.first_day.process(request.args)
    form = NewCycleForm(proposed_from=proposal.day)
    if form.submitted():
        cycle = form.attempt(services.create_cycle, form.code.data, form.details(), **act())
        if cycle:
            flash(_("The cycle is there. Now add its themes and its axes."))
            return redirect(url_for("manage_cycles.edit", code=cycle.code))
    return render("cycles/manage_edit.html", form=form, cycle=None, proposal=proposal)


@access(secretariat)
def edit(code: str) -> ResponseReturnValue:
    cycle = queries.get_cycle(code)
    form = CycleForm(cycle)
    if form.submitted() and form.carries_out(services.change_cycle, cycle.id, form.details(), **act()):
        flash(_("The cycle is saved."))
        return redirect(url_for("manage_cycles.edit", code=code))
    return render("cycles/manage_edit.html", form=form, cycle=cycle)


@access(secretariat)
def parts(code: str, kind: str) -> ResponseReturnValue:
    """The themes or the axes, with a form to add one."""
    cycle = queries.get_cycle(code)
    form = PartForm()
    if form.submitted():
        services.add_part(cycle.id, kind, form.name.data, **act())
        flash(_("It is added."))
        return _to_list(code, kind)
    return render("cycles/manage_parts.html", form=form, cycle=cycle, kind=kind, parts=getattr(cycle, kind))


@access(secretariat)
def part(code: str, kind: str, part_id: int) -> ResponseReturnValue:
    """One of them, with a form to rename it."""
    cycle = queries.get_cycle(code)
    found = services.find_part(getattr(cycle, kind), part_id)
    form = PartForm(obj=found)
    if form.submitted():
        services.rename_part(cycle.id, kind, part_id, form.name.data, **act())
        flash(_("The new name is saved."))
        return _to_list(code, kind)
    return render("cycles/manage_part.html", form=form, cycle=cycle, kind=kind, part=found)


@access(secretariat)
def move(code: str, kind: str, part_id: int, way: str) -> ResponseReturnValue:
    services.move_part(queries.get_cycle(code).id, kind, part_id, down=way == "down", **act())
    return _to_list(code, kind)


def _to_list(code: str, kind: str) -> ResponseReturnValue:
    return redirect(url_for("manage_cycles.parts", code=code, kind=kind))
