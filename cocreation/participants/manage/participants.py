"""Those who come to a meeting: the list, its import and export, and what is decided for one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for

from cocreation.core import clock, i18n, undelivered
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.core.sheets.reader import read
from cocreation.core.sheets.refusals import SheetRefused
from cocreation.core.sheets.writer import write_xlsx
from cocreation.meetings import policy
from cocreation.meetings.backstage import act, load
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.queries import public
from cocreation.meetings.refusals import AlreadyRegistered
from cocreation.participants.forms import DecisionForm, ImportForm, NotesForm, ParticipantFilter
from cocreation.participants.services import decisions, entries, imports
from cocreation.participants.sheet import Listed, read_participants
from cocreation.places.models.answers import Access, MeetingQuestion
from cocreation.places.models.registration import Entry, Registration, RegistrationState
from cocreation.places.services import workshop_seats
from cocreation.registration.forms.answers import asking, filled, replies_of, said, said_by_id
from cocreation.registration.forms.registration import entry_form
from cocreation.registration.queries import participants as meetings_participants
from cocreation.registration.queries.bursts import bursts_of
from cocreation.registration.services import answers
from cocreation.registration.services.questions import list_questions
from cocreation.web import transaction
from cocreation.web.access import access
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render, translated_text
from cocreation.web.uploads import each, takes_files, the_one


def _read(name: str, content: bytes) -> list[Listed]:
    return read_participants(read(content, name))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(policy.runners)
def participants(reference: str) -> Any:
    meeting = load(reference)
    typed, state = request.args.get("q", ""), _state(request.args.get("state", ""))
    unconfirmed = bool(request.args.get("unconfirmed"))
    form = ParticipantFilter(q=typed, state=state, unconfirmed=unconfirmed)
    return render(
        "participants/manage_participants.html",
        meeting=meeting,
        form=form,
        active=bool(typed) + bool(state) + unconfirmed,
        people=meetings_participants.participants(
            meeting, typed, state, request.args.get("cursor"), unconfirmed=unconfirmed
        ),
        unconfirmed=meetings_participants.count_unconfirmed(meeting),
        bursts=bursts_of(meeting),
    )


@access(policy.runners)
@exports(STAFF)
def export(reference: str) -> Response:
    meeting = load(reference)
    questions = list_questions(meeting.id)
    headers = [
        _("Name"),
        _("E-mail"),
        _("Telephone"),
        _("Association"),
        _("Capacity"),
        _("Workshop"),
        _("State"),
        _("Confirmation"),
        _("What you need in order to take part"),
        _("Your meal"),
        _("Anything else we should prepare"),
        *(translated_text(each.label) for each in questions),
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
            each.confirmed_by.label if each.confirmed_by else _("not confirmed"),
            *_needs(each),
            *(said_by_id(each, questions).get(one.id, "") for one in questions),
        )
        for each in meetings_participants.all_participants(meeting)
    )
    rtl = i18n.current().direction == "rtl"
    content = write_xlsx({_("Participants"): (headers, rows)}, right_to_left=rtl)
    name = f"{meeting.reference}-participants.xlsx"
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@access(policy.runners)
@takes_files(file=each(_read))
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
            return redirect(url_for("manage_participants.participants", reference=reference))
    errors = form.refusal.errors if isinstance(form.refusal, SheetRefused) else []
    return render(
        "participants/manage_import.html",
        form=form,
        meeting=meeting,
        over=meeting.is_over(clock.now()),
        summary=summary,
        row_errors=errors,
    )


def _import(meeting: Meeting, form: ImportForm, *, write: bool) -> imports.Summary:
    people = the_one("file")
    published = form.figures_published.data
    return imports.import_participants(meeting.id, people, figures_published=published, write=write, **act())


@access(policy.runners)
def enter_participant(reference: str) -> Any:
    """Somebody who called, or sent a slip of paper."""
    meeting, now = load(reference), clock.now()
    questions = answers.questions_of(meeting.id, internal=False)
    form = entry_form(meeting, questions, public.provinces(), clock.day_of(now))
    if form.submitted():
        whole = (meeting.id, form.participant(), Entry(form.entry.data))
        made = form.attempt(entries.enter_for, *whole, once=form.once.data, **act())
        if made:
            flash(_("They are registered. If they gave an address, their receipt is on its way."))
            page = url_for("manage_participants.participant", reference=reference, number=made.id)
            return redirect(page)
        if isinstance(form.refusal, AlreadyRegistered):
            transaction.keep()  # their receipt is on its way
    return render("participants/manage_enter.html", meeting=meeting, form=form)


@access(policy.runners)
def participant(reference: str, number: int) -> Any:
    """One person: what they said, what happened, and what can be decided; `act` says what is."""
    meeting = load(reference)
    registration, questions = (
        meetings_participants.get_participant(meeting, number),
        list_questions(meeting.id),
    )
    form = DecisionForm(registration, meeting.workshops)
    decide = DECISIONS.get(form.act.data or "")
    whole = (meeting.id, registration, form)
    if form.submitted() and decide and form.attempt(decide, *whole, **act()):
        _say_decided(registration)
        return redirect(request.path)
    # Read anew: a refusal has looked at it too, and let go of what came with it.
    meeting, registration = load(reference), meetings_participants.get_participant(meeting, number)
    return render(
        "participants/manage_participant.html",
        meeting=meeting,
        registration=registration,
        form=form,
        notes=_notes(registration, questions),
        said=said(registration, questions),
        unreached=undelivered.failed_count(undelivered.of_receipt(registration.receipt)),
        titles={each.id: each.theme for each in meeting.workshops},
    )


@access(policy.runners)
def note_participant(reference: str, number: int) -> Any:
    """The answers to the questions only the staff fills in."""
    meeting = load(reference)
    questions = [each for each in list_questions(meeting.id) if each.is_internal]
    form = asking(NotesForm, questions)()
    if form.submitted():
        answers.reply_internally(meeting.id, number, replies_of(form, questions), **act())
        flash(_("It is noted."))
    return redirect(url_for("manage_participants.participant", reference=reference, number=number))


def _say_decided(registration: Registration) -> None:
    if registration.email:
        flash(_("It is decided, and the person is told."))
    else:
        flash(_("It is decided. There is no address to write to: call the person."), "warning")


def _notes(registration: Registration, questions: list[MeetingQuestion]) -> NotesForm | None:
    """The form of the internal questions, filled in; None where there is none."""
    internal = [each for each in questions if each.is_internal]
    if not internal:
        return None
    values = {each.question_id: each.value for each in registration.replies}
    return asking(NotesForm, internal)(**filled(values, internal))


def _by_receipt(decide: Any) -> Any:
    return lambda _meeting, registration, form, **act: decide(
        registration.receipt, form.reason.data or "", **act
    )


def _put_into(meeting_id: int, registration: Registration, form: DecisionForm, **act: Any) -> Registration:
    return workshop_seats.put_into(
        meeting_id, registration.id, form.workshop_id, form.reason.data or "", **act
    )


DECISIONS: dict[str, Callable[..., Any]] = {
    "place": _by_receipt(decisions.give_place),
    "decline": _by_receipt(decisions.decline),
    "wait": _by_receipt(decisions.send_to_waiting),
    "workshop": _put_into,
}


def _needs(registration: Registration) -> tuple[str, str, str]:
    needs = registration.needs
    if needs is None:
        return "", "", ""
    access = " · ".join(str(Access(each).label) for each in needs.access)
    return access, str(needs.meal.label) if needs.meal else "", needs.note or ""


def _state(typed: str) -> RegistrationState | None:
    return RegistrationState(typed) if typed in list(RegistrationState) else None
