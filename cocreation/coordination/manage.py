"""Where coordination meetings are prepared by the secretariat, and read by those who are invited."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.coordination import emails, policy, queries, services
from cocreation.coordination.forms import (
    AgendaDecisionForm,
    AgendaForm,
    AttendanceForm,
    CoordinationMeetingForm,
    MinutesForm,
    NewCoordinationMeetingForm,
)
from cocreation.coordination.models import AgendaItem, CoordinationMeeting, CoordinationStage
from cocreation.core import clock
from cocreation.core.database import found
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import all_cycles
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(policy.readers)
def index() -> ResponseReturnValue:
    me = current_person()
    meetings = queries.read_by(me, request.args.get("cursor"))
    return render(
        "coordination/manage_index.html", meetings=meetings, may_plan=secretariat(me), now=clock.now()
    )


@access(secretariat)
def new() -> ResponseReturnValue:
    form = NewCoordinationMeetingForm(queries.institutions(), all_cycles())
    if form.submitted():
        of = int(form.cycle.data), int(form.institution.data)
        if meeting := form.attempt(services.plan, *of, form.details(), **act()):
            flash(_("The meeting is planned. Fill its agenda, then send the invitations."))
            return _to(meeting)
    return render("coordination/manage_edit.html", form=form, meeting=None)


@access(policy.readers)
def show(reference: str) -> ResponseReturnValue:
    """The meeting as those who are invited read it; the secretariat also finds what it can do."""
    meeting, me = queries.get_meeting(reference), current_person()
    if not policy.can_read(me, meeting):
        raise NotFound
    return _page(meeting, Form())


@access(secretariat)
def edit(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    form = CoordinationMeetingForm(obj=meeting)
    if form.submitted() and form.carries_out(services.change, meeting.id, form.details(), **act()):
        flash(_("The coordination meeting is saved."))
        return _to(meeting)
    return render("coordination/manage_edit.html", form=form, meeting=meeting)


@access(secretariat)
def invite(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    is_planned = meeting.stage(clock.now()) is CoordinationStage.PLANNED
    many = len(emails.uninvited(queries.invited(meeting), meeting)) if is_planned else 0
    page = url_for(".show", reference=meeting.reference)
    question = _n("Invite %(count)s person by mail?", "Invite %(count)s people by mail?", many)
    if asked := confirmation.first(many, question, _("Yes, invite"), page):
        return asked
    told = services.invite(meeting.id, **act())
    flash(_n("%(count)s person is invited by mail.", "%(count)s people are invited by mail.", told))
    return _to(meeting)


@access(secretariat)
def fill(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    _told(services.fill_agenda(meeting.id, **act()))
    return _to(meeting, "agenda")


@access(secretariat)
def add(reference: str) -> ResponseReturnValue:
    meeting, form = queries.get_meeting(reference), AgendaForm()
    if form.submitted():
        added = form.attempt(services.add_ideas, meeting.id, form.references, **act())
        if added:
            _told(added)
            return _to(meeting, "agenda")
    return _page(queries.get_meeting(reference), form)


@access(secretariat)
def move(reference: str, item_id: int, way: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    services.move_item(meeting.id, item_id, up=way == "up", **act())
    return _to(meeting, "agenda")


@access(secretariat)
def remove(reference: str, item_id: int) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    services.remove_item(meeting.id, item_id, **act())
    return _to(meeting, "agenda")


@access(secretariat)
def decide(reference: str, item_id: int) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    item = _item(meeting, item_id)
    form = AgendaDecisionForm(obj=item)
    if form.submitted():
        given = form.decision.data, form.text.data
        if form.attempt(services.decide, meeting.id, item.id, *given, **act()):
            flash(_("The decision is saved. It becomes public with the minutes."))
            return _to(meeting, "agenda")
        item = _item(queries.get_meeting(reference), item_id)
    return render("coordination/decide.html", form=form, meeting=meeting, item=item)


@access(secretariat)
def attend(reference: str) -> ResponseReturnValue:
    meeting, form = queries.get_meeting(reference), AttendanceForm()
    if form.submitted():
        given = form.side.data, form.body.data, form.people.data, form.names.data
        if form.attempt(services.attend, meeting.id, *given, **act()):
            return _to(meeting, "attendance")
    return _page(queries.get_meeting(reference), form)


@access(secretariat)
def strike(reference: str, attendance_id: int) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    services.strike(meeting.id, attendance_id, **act())
    return _to(meeting, "attendance")


@access(secretariat)
def minutes(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    form = MinutesForm(obj=meeting)
    if form.submitted() and form.carries_out(services.minute, meeting.id, form.minutes.data, **act()):
        flash(_("The minutes are saved. They are not published yet."))
        return _to(meeting, "minutes")
    return render("coordination/minutes.html", form=form, meeting=meeting)


@access(secretariat)
def publish(reference: str) -> ResponseReturnValue:
    meeting, form = queries.get_meeting(reference), Form()
    question = _("Publish these minutes now? This cannot be undone.")
    back = url_for("manage_coordination.show", reference=reference)
    if asked := confirmation.certain(question, _("Yes, publish"), back, reference):
        return asked
    if form.submitted() and form.carries_out(services.publish, meeting.id, **act()):
        flash(_("The minutes are published, and each idea tells what was decided."))
        return _to(meeting)
    return _page(queries.get_meeting(reference), form)


def _page(meeting: CoordinationMeeting, form: Form) -> ResponseReturnValue:
    """The page of a meeting; `form` is the one that was sent, with what it refused."""
    may_edit, now = policy.can_prepare(current_person(), meeting), clock.now()
    return render(
        "coordination/manage_show.html",
        meeting=meeting,
        form=form,
        adding=form if isinstance(form, AgendaForm) else AgendaForm(),
        attending=form if isinstance(form, AttendanceForm) else AttendanceForm(),
        stage=meeting.stage(now),
        may_edit=may_edit,
        sees_names=secretariat(current_person()),
        missing=services.lacks(meeting, meeting.agenda) if may_edit else [],
        putting_on=queries.to_put_on(meeting) if may_edit else [],
        to_add=queries.open_ideas(meeting) if may_edit else 0,
        to_invite=len(emails.uninvited(queries.invited(meeting), meeting)) if may_edit else 0,
    )


def _item(meeting: CoordinationMeeting, item_id: int) -> AgendaItem:
    return found(next((item for item in meeting.agenda if item.id == item_id), None))


def _told(added: int) -> None:
    flash(_n("%(count)s idea is added to the agenda.", "%(count)s ideas are added to the agenda.", added))


def _to(meeting: CoordinationMeeting, part: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", reference=meeting.reference, _anchor=part))
