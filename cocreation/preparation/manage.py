"""The checklist of a meeting, for those who run it; the rules of a cycle, seen and set by the secretariat."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.cycles.queries import get_cycle
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.preparation import queries, services
from cocreation.preparation.forms import RulesForm, TaskForm, TickForm
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def checklist(reference: str) -> ResponseReturnValue:
    """What has to be done, with a form to add a task."""
    meeting, form = load(reference), TaskForm()
    if form.submitted():
        services.add_task(meeting.id, form.title.data, form.due_on.data, **act())
        flash(_("It is added."))
        return to(meeting, page="manage_preparation.checklist")
    tasks, today = queries.checklist(meeting), clock.today()
    return render("preparation/manage_checklist.html", form=form, meeting=meeting, tasks=tasks, today=today)


@access(policy.runners)
def tick(reference: str, task_id: int) -> ResponseReturnValue:
    """Tick a task, or untick it when `done` is empty."""
    meeting, form = load(reference), TickForm()
    services.tick(meeting.id, task_id, done=bool(form.done.data), **act())
    return to(meeting, f"task-{task_id}", page="manage_preparation.checklist")


@access(policy.runners)
def remove_task(reference: str, task_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    services.remove_task(meeting.id, task_id, **act())
    flash(_("It is removed."))
    return to(meeting, page="manage_preparation.checklist")


@access(secretariat)
def rules(code: str) -> ResponseReturnValue:
    cycle = get_cycle(code)
    saved = services.rules_of(cycle.id)
    form = RulesForm(saved)
    if form.submitted() and form.carries_out(services.set_rules, cycle.id, form.rules(), **act()):
        flash(_("The rules are saved. They hold for what is announced or changed from now on."))
        return _to_rules(code)
    return render("preparation/manage_rules.html", form=form, cycle=cycle, rules=saved, kind="rules")


@access(secretariat)
def usual_rules(code: str) -> ResponseReturnValue:
    """The usual ones, for a cycle that has none."""
    services.set_usual_rules(get_cycle(code).id, **act())
    flash(_("The usual rules are set. You can change them."))
    return _to_rules(code)


def _to_rules(code: str) -> ResponseReturnValue:
    return redirect(url_for("manage_preparation.rules", code=code))
