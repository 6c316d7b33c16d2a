"""The programme of a meeting and its workshops, for those who run it."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from cocreation.cycles.queries import get_cycle
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy, queries
from cocreation.meetings.backstage import load, to
from cocreation.meetings.forms.meeting import ItemForm, MoveForm, WorkshopForm, WorkshopTitleForm
from cocreation.meetings.queries import items_of, slots
from cocreation.meetings.services import programme as meetings_programme
from cocreation.meetings.services.programme import get_item, get_workshop
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def programme(reference: str) -> ResponseReturnValue:
    """The programme, to be put in order."""
    meeting = load(reference)
    return render("meetings/manage_programme.html", meeting=meeting, slots=slots(items_of(meeting)))


@access(policy.runners)
def add_item(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    form = ItemForm(meeting, queries.rooms(meeting))
    if form.submitted() and form.carries_out(meetings_programme.add_item, meeting.id, form.item(), **act()):
        flash(_("It is added to the programme."))
        return to(meeting, page="manage_meetings.programme")
    return render("meetings/manage_item.html", form=form, meeting=meeting, item=None)


@access(policy.runners)
def edit_item(reference: str, item_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    item = get_item(meeting.id, item_id)
    form = ItemForm(meeting, queries.rooms(meeting), item)
    if form.submitted() and form.carries_out(
        meetings_programme.change_item, meeting.id, item_id, form.item(), **act()
    ):
        flash(_("The programme is saved."))
        return to(meeting, page="manage_meetings.programme")
    return render("meetings/manage_item.html", form=form, meeting=meeting, item=item)


@access(policy.runners)
def remove_item(reference: str, item_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    meetings_programme.remove_item(meeting.id, item_id, **act())
    flash(_("It is taken out of the programme."))
    return to(meeting, page="manage_meetings.programme")


@access(policy.runners)
def move_item(reference: str, item_id: int) -> ResponseReturnValue:
    meeting, form = load(reference), MoveForm()
    if form.submitted():
        meetings_programme.move_item(meeting.id, item_id, form.places.data, **act())
    return to(meeting, f"item-{item_id}", page="manage_meetings.programme")


@access(policy.runners)
def add_workshop(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    form = WorkshopForm(get_cycle(meeting.cycle.code).themes, queries.rooms(meeting))
    if form.submitted() and form.carries_out(
        meetings_programme.add_workshop,
        meeting.id,
        theme_id=form.theme_id,
        title=form.title.data,
        where=form.where(),
        **act(),
    ):
        flash(_("The workshop is added."))
        return to(meeting, "workshops")
    return render("meetings/manage_workshop.html", form=form, meeting=meeting, workshop=None)


@access(policy.runners)
def edit_workshop(reference: str, number: int) -> ResponseReturnValue:
    meeting = load(reference)
    workshop = get_workshop(meeting.id, number)
    form = WorkshopTitleForm(workshop, queries.rooms(meeting))
    if form.submitted() and form.carries_out(
        meetings_programme.change_workshop, meeting.id, number, form.theme.data, form.where(), **act()
    ):
        flash(_("The workshop is saved."))
        return to(meeting, "workshops")
    return render("meetings/manage_workshop.html", form=form, meeting=meeting, workshop=workshop)
