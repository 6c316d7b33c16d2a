"""Who organises a meeting, its committee and its rooms, for those who run it."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.meetings.forms.organisers import PART_FORMS
from cocreation.meetings.queries import committee, rooms
from cocreation.meetings.services import organisers
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render

PART = f"<any({', '.join(organisers.PARTS)}):kind>"


@access(policy.runners)
def plan(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    return render(
        "meetings/manage_organisers.html",
        meeting=meeting,
        committee=committee(meeting),
        halls=rooms(meeting),
    )


@access(policy.runners)
def add_part(reference: str, kind: str) -> ResponseReturnValue:
    meeting = load(reference)
    form = PART_FORMS[kind]()
    if form.submitted() and form.carries_out(organisers.add_part, meeting.id, kind, form.said(), **act()):
        flash(_("It is added."))
        return to(meeting, kind, page="manage_meetings.plan")
    return render("meetings/manage_part.html", form=form, meeting=meeting, kind=kind, part=None)


@access(policy.runners)
def edit_part(reference: str, kind: str, part_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    part = organisers.get_part(meeting.id, kind, part_id)
    form, which = PART_FORMS[kind](part), (meeting.id, kind, part_id)
    if form.submitted() and form.carries_out(organisers.change_part, *which, form.said(), **act()):
        flash(_("It is saved."))
        return to(meeting, kind, page="manage_meetings.plan")
    return render("meetings/manage_part.html", form=form, meeting=meeting, kind=kind, part=part)


@access(policy.runners)
def remove_part(reference: str, kind: str, part_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    organisers.remove_part(meeting.id, kind, part_id, **act())
    flash(_("It is removed."))
    return to(meeting, kind, page="manage_meetings.plan")
