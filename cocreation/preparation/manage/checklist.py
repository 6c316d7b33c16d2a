"""Who organises a meeting and in which rooms, and its checklist, for those who run it."""

from __future__ import annotations

from typing import Any

from flask import flash

from cocreation.core import clock
from cocreation.core.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import act, load, to
from cocreation.meetings.queries import programme
from cocreation.preparation import queries
from cocreation.preparation.forms import PART_FORMS, TaskForm, TickForm
from cocreation.preparation.services import checklist as preparation_checklist
from cocreation.web.access import access
from cocreation.web.rendering import render

PART = f"<any({', '.join(preparation_checklist.PARTS)}):kind>"


@access(policy.runners)
def plan(reference: str) -> Any:
    meeting = load(reference)
    return render(
        "meetings/manage_planning.html",
        meeting=meeting,
        committee=queries.committee(meeting),
        halls=programme.rooms(meeting),
    )


@access(policy.runners)
def add_part(reference: str, kind: str) -> Any:
    meeting = load(reference)
    form = PART_FORMS[kind]()
    if form.submitted() and form.attempt(
        preparation_checklist.add_part, meeting.id, kind, form.said(), **act()
    ):
        flash(_("It is added."))
        return to(meeting, kind, page="manage_preparation.plan")
    return render("meetings/manage_part.html", form=form, meeting=meeting, kind=kind, part=None)


@access(policy.runners)
def edit_part(reference: str, kind: str, part_id: int) -> Any:
    meeting = load(reference)
    part = preparation_checklist.get_part(meeting.id, kind, part_id)
    form, which = PART_FORMS[kind](part), (meeting.id, kind, part_id)
    if form.submitted() and form.attempt(preparation_checklist.change_part, *which, form.said(), **act()):
        flash(_("It is saved."))
        return to(meeting, kind, page="manage_preparation.plan")
    return render("meetings/manage_part.html", form=form, meeting=meeting, kind=kind, part=part)


@access(policy.runners)
def remove_part(reference: str, kind: str, part_id: int) -> Any:
    meeting = load(reference)
    preparation_checklist.remove_part(meeting.id, kind, part_id, **act())
    flash(_("It is removed."))
    return to(meeting, kind, page="manage_preparation.plan")


@access(policy.runners)
def checklist(reference: str) -> Any:
    """What has to be done, with a form to add a task."""
    meeting, form = load(reference), TaskForm()
    if form.submitted():
        preparation_checklist.add_task(meeting.id, form.title.data, form.due_on.data, **act())
        flash(_("It is added."))
        return to(meeting, page="manage_preparation.checklist")
    tasks, today = queries.checklist(meeting), clock.today()
    return render("preparation/manage_checklist.html", form=form, meeting=meeting, tasks=tasks, today=today)


@access(policy.runners)
def tick(reference: str, task_id: int) -> Any:
    """Tick a task, or untick it when `done` is empty."""
    meeting, form = load(reference), TickForm()
    preparation_checklist.tick(meeting.id, task_id, done=bool(form.done.data), **act())
    return to(meeting, f"task-{task_id}", page="manage_preparation.checklist")


@access(policy.runners)
def remove_task(reference: str, task_id: int) -> Any:
    meeting = load(reference)
    preparation_checklist.remove_task(meeting.id, task_id, **act())
    flash(_("It is removed."))
    return to(meeting, page="manage_preparation.checklist")
