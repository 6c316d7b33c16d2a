"""Those who come to a meeting: the list, its import and export, and what is decided for one person."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for

from cocreation.core import i18n
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.core.sheets import SheetRefused, read, write_xlsx
from cocreation.meetings import policy, queries, services, statistics
from cocreation.meetings.forms import DecisionForm, ImportForm, ParticipantFilter
from cocreation.meetings.manage.blueprint import act, bp, load
from cocreation.meetings.models import Meeting, RegistrationState
from cocreation.meetings.sheet import read_participants
from cocreation.web.access import access
from cocreation.web.rendering import render, translated_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<reference>/participants")
@access(policy.runners)
def participants(reference: str) -> Any:
    meeting = load(reference)
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
    meeting = load(reference)
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
    meeting = load(reference)
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
    return services.import_participants(meeting.id, people, figures_published=published, write=write, **act())


@bp.route("/<reference>/participants/<int:number>", methods=["GET", "POST"])
@access(policy.runners)
def participant(reference: str, number: int) -> Any:
    """One person: what they said, what happened, and what can be decided; `act` says what is."""
    meeting = load(reference)
    receipt, form = queries.get_participant(meeting, number).receipt, DecisionForm()
    decide = DECISIONS.get(form.act.data or "")
    if form.submitted() and decide and form.attempt(decide, receipt, form.reason.data or "", **act()):
        flash(_("It is decided, and the person is told."))
        return redirect(request.path)
    registration = queries.get_participant(meeting, number)  # read anew: a refusal has looked at it too
    return render("meetings/manage_participant.html", meeting=meeting, registration=registration, form=form)


DECISIONS = {
    "place": services.give_place,
    "decline": services.decline,
    "wait": services.send_to_waiting,
}


def _state(typed: str) -> RegistrationState | None:
    return RegistrationState(typed) if typed in list(RegistrationState) else None
