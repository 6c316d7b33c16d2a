"""A meeting from its draft to its announcement, for those who run it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import act, load, to
from cocreation.meetings.forms.meeting import MeetingForm, NewMeetingForm
from cocreation.meetings.queries import backstage
from cocreation.meetings.services import announcement
from cocreation.places import queries as places_queries
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(policy.runners)
def index() -> Any:
    meetings, now = backstage.run_by(current_person(), request.args.get("cursor")), clock.now()
    return render(
        "meetings/manage_index.html",
        meetings=meetings,
        counts=places_queries.taken_counts(meetings.items),
        stage=lambda meeting: policy.stage(meeting, now),
        may_add=secretariat(current_person()),
    )


@access(secretariat)
def new() -> Any:
    form = NewMeetingForm()
    if form.submitted():
        themes, cycle = [int(each) for each in form.themes.data], int(form.cycle.data)
        reference, details = form.reference.data, form.details()
        meeting = form.attempt(announcement.create, cycle, reference, details, themes=themes, **act())
        if meeting:
            flash(_("The draft is there. Add its programme, then announce it."))
            return to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=None)


@access(policy.runners)
def show(reference: str) -> Any:
    meeting, now = load(reference), clock.now()
    counts = places_queries.counts(meeting)
    return render(
        "meetings/manage_show.html",
        meeting=meeting,
        stage=policy.stage(meeting, now),
        counts=counts,
        left=places_queries.left(meeting, counts),
        can_announce=policy.can_announce(meeting, now),
        broken=None if meeting.is_announced else announcement.obstacle(meeting, now),
    )


@access(policy.runners)
def edit(reference: str) -> Any:
    meeting = load(reference)
    form = MeetingForm(meeting)
    if form.submitted() and form.attempt(announcement.change, meeting.id, form.details(), **act()):
        flash(_("The meeting is saved."))
        if load(reference).promoting_since:
            return redirect(url_for("manage_participants.moving_up", reference=reference))
        return to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=meeting)


@access(policy.runners)
def announce(reference: str) -> Any:
    meeting = announcement.announce(load(reference).id, **act())
    flash(_("The meeting is announced: everyone can see it."))
    return to(meeting)


@access(policy.runners)
def call_off(reference: str) -> Any:
    meeting = load(reference)
    told, unreached = announcement.call_off(meeting.id, **act())
    flash(
        _n(
            "The meeting is called off; %(count)s person is told.",
            "The meeting is called off; %(count)s people are told.",
            told,
        )
    )
    if unreached:
        flash(
            _n(
                "%(count)s person has only a telephone: call them.",
                "%(count)s people have only a telephone: call them.",
                unreached,
            )
        )
    return to(meeting)
