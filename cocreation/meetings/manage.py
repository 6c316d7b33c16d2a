"""The pages of those who run meetings: the secretariat, and a coordinating association for its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core import clock, i18n
from cocreation.core.errors import NotFound
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.core.sheets import SheetRefused, read, write_xlsx
from cocreation.cycles.queries import get_cycle
from cocreation.meetings import policy, queries, services, statistics
from cocreation.meetings.forms import (
    ImportForm,
    ItemForm,
    MeetingForm,
    NewMeetingForm,
    ParticipantFilter,
    TitleForm,
    WorkshopForm,
)
from cocreation.meetings.models import Meeting, RegistrationState
from cocreation.meetings.services.programme import get_item, get_workshop
from cocreation.meetings.sheet import read_participants
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render, translated_text

bp = Blueprint("manage_meetings", __name__, url_prefix="/manage/meetings")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@access(policy.runners)
def index() -> Any:
    meetings, now = queries.run_by(current_person(), request.args.get("cursor")), clock.now()
    return render(
        "meetings/manage_index.html",
        meetings=meetings,
        counts=queries.confirmed_counts(meetings.items),
        stage=lambda meeting: policy.stage(meeting, now),
        may_add=secretariat(current_person()),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(secretariat)
def new() -> Any:
    form = NewMeetingForm()
    if form.submitted():
        themes, cycle = [int(each) for each in form.themes.data], int(form.cycle.data)
        reference, details = form.reference.data, form.details()
        meeting = form.attempt(services.create, cycle, reference, details, themes=themes, **_act())
        if meeting:
            flash(_("The draft is there. Add its programme, then announce it."))
            return _to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=None)


@bp.get("/<reference>")
@access(policy.runners)
def show(reference: str) -> Any:
    meeting, now = _load(reference), clock.now()
    return render(
        "meetings/manage_show.html",
        meeting=meeting,
        stage=policy.stage(meeting, now),
        tally=statistics.tally(meeting.id),
        can_announce=policy.can_announce(meeting, now),
    )


@bp.route("/<reference>/edit", methods=["GET", "POST"])
@access(policy.runners)
def edit(reference: str) -> Any:
    meeting = _load(reference)
    form = MeetingForm(meeting)
    if form.submitted() and form.attempt(services.change, meeting.id, form.details(), **_act()):
        flash(_("The meeting is saved."))
        return _to(meeting)
    return render("meetings/manage_edit.html", form=form, meeting=meeting)


@bp.post("/<reference>/announce")
@access(policy.runners)
def announce(reference: str) -> Any:
    meeting = services.announce(_load(reference).id, **_act())
    flash(_("The meeting is announced: everyone can see it."))
    return _to(meeting)


@bp.post("/<reference>/call-off")
@access(policy.runners)
def call_off(reference: str) -> Any:
    meeting = _load(reference)
    told = services.call_off(meeting.id, **_act())
    flash(
        _n(
            "The meeting is called off; %(count)s person is told.",
            "The meeting is called off; %(count)s people are told.",
            told,
        )
    )
    return _to(meeting)


@bp.route("/<reference>/programme/new", methods=["GET", "POST"])
@access(policy.runners)
def add_item(reference: str) -> Any:
    meeting = _load(reference)
    form = ItemForm(meeting)
    if form.submitted() and form.attempt(services.add_item, meeting.id, form.item(), **_act()):
        flash(_("It is added to the programme."))
        return _to(meeting, "programme")
    return render("meetings/manage_item.html", form=form, meeting=meeting, item=None)


@bp.route("/<reference>/programme/<int:item_id>", methods=["GET", "POST"])
@access(policy.runners)
def edit_item(reference: str, item_id: int) -> Any:
    meeting = _load(reference)
    item = get_item(meeting.id, item_id)
    form = ItemForm(meeting, item)
    if form.submitted() and form.attempt(services.change_item, meeting.id, item_id, form.item(), **_act()):
        flash(_("The programme is saved."))
        return _to(meeting, "programme")
    return render("meetings/manage_item.html", form=form, meeting=meeting, item=item)


@bp.post("/<reference>/programme/<int:item_id>/remove")
@access(policy.runners)
def remove_item(reference: str, item_id: int) -> Any:
    meeting = _load(reference)
    services.remove_item(meeting.id, item_id, **_act())
    flash(_("It is taken out of the programme."))
    return _to(meeting, "programme")


@bp.route("/<reference>/workshops/new", methods=["GET", "POST"])
@access(policy.runners)
def add_workshop(reference: str) -> Any:
    meeting = _load(reference)
    form = WorkshopForm(get_cycle(meeting.cycle.code).themes)
    chosen: dict[str, Any] = {"theme_id": form.theme_id, "title": form.title.data}
    if form.submitted() and form.attempt(services.add_workshop, meeting.id, **chosen, **_act()):
        flash(_("The workshop is added."))
        return _to(meeting, "workshops")
    return render("meetings/manage_workshop.html", form=form, meeting=meeting, workshop=None)


@bp.route("/<reference>/workshops/<int:number>", methods=["GET", "POST"])
@access(policy.runners)
def edit_workshop(reference: str, number: int) -> Any:
    meeting = _load(reference)
    workshop = get_workshop(meeting.id, number)
    form = TitleForm(obj=workshop)
    if form.submitted() and form.attempt(
        services.rename_workshop, meeting.id, number, form.theme.data, **_act()
    ):
        flash(_("The new title is saved."))
        return _to(meeting, "workshops")
    return render("meetings/manage_workshop.html", form=form, meeting=meeting, workshop=workshop)


@bp.post("/<reference>/workshops/<int:number>/remove")
@access(policy.runners)
def remove_workshop(reference: str, number: int) -> Any:
    meeting = _load(reference)
    services.remove_workshop(meeting.id, number, **_act())
    flash(_("The workshop is removed."))
    return _to(meeting, "workshops")


@bp.get("/<reference>/participants")
@access(policy.runners)
def participants(reference: str) -> Any:
    meeting = _load(reference)
    typed, state = request.args.get("q", ""), _state(request.args.get("state", ""))
    form = ParticipantFilter(q=typed, state=state)
    return render(
        "meetings/manage_participants.html",
        meeting=meeting,
        form=form,
        active=bool(typed) + bool(state),
        people=queries.participants(meeting, typed, state, request.args.get("cursor")),
        tally=statistics.tally(meeting.id),
    )


@bp.get("/<reference>/participants.xlsx")
@access(policy.runners)
def export(reference: str) -> Response:
    meeting = _load(reference)
    headers = [
        _("Name"),
        _("E-mail"),
        _("Telephone"),
        _("Association"),
        _("Capacity"),
        _("Workshop"),
        _("State"),
    ]
    rows = (
        (
            each.name,
            each.email,
            each.phone,
            each.association,
            each.capacity.label,
            translated_text(each.workshop.theme) if each.workshop else "",
            each.state.label,
        )
        for each in queries.all_participants(meeting)
    )
    rtl = i18n.current().direction == "rtl"
    content = write_xlsx({_("Participants"): (headers, rows)}, right_to_left=rtl)
    name = f"{meeting.reference}-participants.xlsx"
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.route("/<reference>/participants/import", methods=["GET", "POST"])
@access(policy.runners)
def import_participants(reference: str) -> Any:
    """The same file is sent to be checked, then to be imported: nothing of it is kept in between."""
    meeting = _load(reference)
    form = ImportForm(figures_published=meeting.statistics_published)
    summary, write = None, request.form.get("act") == "import"
    if form.submitted():
        summary = form.attempt(_import, meeting, form, write=write)
        if summary and write:
            flash(
                _n(
                    "%(count)s participant is imported.",
                    "%(count)s participants are imported.",
                    summary.people,
                )
            )
            return redirect(url_for("manage_meetings.participants", reference=reference))
    errors = form.refusal.errors if isinstance(form.refusal, SheetRefused) else []
    return render(
        "meetings/manage_import.html", form=form, meeting=meeting, summary=summary, row_errors=errors
    )


def _import(meeting: Meeting, form: ImportForm, *, write: bool) -> services.Summary:
    file = form.file.data
    people = read_participants(read(file.read(), file.filename or ""))
    published = form.figures_published.data
    return services.import_participants(
        meeting.id, people, figures_published=published, write=write, **_act()
    )


def _load(reference: str) -> Meeting:
    """The meeting, for those who run it; for all others there is nothing here."""
    meeting = queries.get_any_meeting(reference)
    if not policy.can_run(current_person(), meeting):
        raise NotFound
    return meeting


def _act() -> dict[str, Any]:
    return {"now": clock.now(), "by": current_person().id}


def _to(meeting: Meeting, part: str | None = None) -> Any:
    return redirect(url_for("manage_meetings.show", reference=meeting.reference, _anchor=part))


def _state(typed: str) -> RegistrationState | None:
    return RegistrationState(typed) if typed in list(RegistrationState) else None
