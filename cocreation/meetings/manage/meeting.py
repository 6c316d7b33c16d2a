"""A meeting from its draft to its announcement, for those who run it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy, refusals
from cocreation.meetings.backstage import load, say_whom_to_call, to
from cocreation.meetings.forms.meeting import AnnouncedForm, MeetingForm, NewMeetingForm
from cocreation.meetings.services import announcement
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def new() -> ResponseReturnValue:
    form = NewMeetingForm()
    if form.submitted():
        themes, cycle = [int(theme) for theme in form.themes.data], int(form.cycle.data)
        reference, details = form.reference.data, form.details()
        meeting = form.attempt(announcement.create, cycle, reference, details, themes=themes, **act())
        if meeting:
            flash(_("The draft is there. Add its programme, then announce it."))
            return to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=None)


@access(policy.runners)
def edit(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    form = MeetingForm(meeting)
    if form.submitted() and (
        change := form.attempt(announcement.change, meeting.id, form.details(), **act())
    ):
        flash(_("The meeting is saved."))
        say_whom_to_call(change.unreached, change.guests)
        if load(reference).promoting_since:
            return redirect(url_for("manage_participants.moving_up", reference=reference))
        return to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=meeting)


@access(policy.runners)
def announce(reference: str) -> ResponseReturnValue:
    form = AnnouncedForm()
    if not form.validate():
        raise refusals.NotAnnouncedThen
    question, page = _("Everyone will see it. Announce it?"), url_for(".show", reference=reference)
    shown = [load(reference).reference]
    if not form.announced_on.data and (
        asked := confirmation.first(1, question, _("Yes, announce it"), page, shown)
    ):
        return asked
    meeting = announcement.announce(load(reference).id, on=form.announced_on.data, **act())
    flash(_("The meeting is announced: everyone can see it."))
    return to(meeting)
