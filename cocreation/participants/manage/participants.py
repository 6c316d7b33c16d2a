"""Those who come to a meeting: the list, its import and export, and what is decided for one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.bursts.queries import bursts_of
from cocreation.core import clock, undelivered
from cocreation.core.errors import NotFound
from cocreation.files.sheets.table import Row
from cocreation.files.sheets.writer import XLSX
from cocreation.imports.flow import carry_out, files_of, waiting_file
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.meetings.backstage import load, say_decided, say_whom_to_call
from cocreation.meetings.models.meeting import Meeting
from cocreation.participants import queries
from cocreation.participants.datasets import empty_list, participants_of
from cocreation.participants.forms import (
    NotesForm,
    ParticipantFilter,
    ParticipantListForm,
    RegistrationDecisionForm,
    TogetherForm,
)
from cocreation.participants.queries import ListFilter, ListOrder
from cocreation.participants.services import decisions, entries, imports
from cocreation.participants.services.addresses import can_be_given
from cocreation.participants.services.decisions import Together
from cocreation.participants.services.questions import list_questions
from cocreation.participants.sheet import columns_of, read_participants, value_lists
from cocreation.places.models.answers import MeetingQuestion
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.places.services import workshop_seats
from cocreation.registration.forms.answers import asking, filled, replies_of, said
from cocreation.registration.forms.registration import entry_form
from cocreation.registration.refusals import AlreadyRegistered
from cocreation.registration.services import answers
from cocreation.web import confirmation, transaction
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.datasets import attachment
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files
from cocreation.web.whereabouts import kept, one_of

LIST = files_of()
PLACE = ("q", "state", "workshop", "unconfirmed", "order", "cursor")  # where in the list somebody is


@access(policy.runners)
def participants(reference: str) -> ResponseReturnValue:
    """Those who come; what is decided for everybody who is ticked is asked about first."""
    meeting = load(reference)
    form = TogetherForm(meeting.workshops)
    if request.method == "GET":
        return _list_page(meeting, form)
    done = _decide_together(meeting, form) if form.submitted() and form.act.data else None
    return done or _list_page(load(reference), form)  # read anew: a refusal has looked at it too


def _decide_together(meeting: Meeting, form: TogetherForm) -> ResponseReturnValue | None:
    decision = form.act.data
    people = queries.decidable(meeting, form.numbers, decisions.FROM[decision])
    if confirmation.was_declined():
        return None
    if confirmation.is_to_ask(len(people)):
        names = [person.name for person in people]
        kind = "danger" if decision in decisions.EXPLAINED else "primary"
        what, many = decision.label, len(people)
        question = _n("%(what)s: %(count)s person?", "%(what)s: %(count)s people?", many, what=what)
        return confirmation.ask(question, _("Yes, for all of them"), many, names, kind)
    reason, workshop_id = form.reason.data or "", form.workshop_id
    done = form.attempt(decisions.decide, people, decision, reason, workshop_id, **act())
    if not done:
        return None
    _say_decided_together(people, decision, len(form.numbers) - done)
    return redirect(url_for("manage_participants.participants", reference=meeting.reference, **kept(*PLACE)))


def _say_decided_together(people: Sequence[Registration], decision: Together, left: int) -> None:
    flash(_n("It is decided for %(count)s person.", "It is decided for %(count)s people.", len(people)))
    if decision is not Together.CALLED:
        say_whom_to_call(sum(not person.email for person in people))
    if left:
        flash(_n("%(count)s person stays as they were.", "%(count)s people stay as they were.", left))


def _list_page(meeting: Meeting, form: TogetherForm) -> ResponseReturnValue:
    narrowed = _narrowed()
    states, unconfirmed = queries.state_counts(meeting, narrowed)
    return render(
        "participants/manage_participants.html",
        meeting=meeting,
        form=form,
        narrow=ParticipantFilter(narrowed, meeting.workshops),
        narrowed=narrowed,
        narrowing=kept(*PLACE),
        active=bool(narrowed.typed) + bool(narrowed.workshop) + narrowed.is_unconfirmed,
        people=queries.list_participants(meeting, narrowed, request.args.get("cursor")),
        states=states,
        unconfirmed=unconfirmed,
        bursts=bursts_of(meeting),
        ticked=form.chosen.data or (True if request.args.get("tick") else ()),
        acts=Together,
    )


def _narrowed() -> ListFilter:
    asked, workshop = request.args, request.args.get("workshop", "")
    return ListFilter(
        asked.get("q", ""),
        one_of(RegistrationState, "state"),
        int(workshop) if re.fullmatch(r"[0-9]{1,9}", workshop) else None,
        "unconfirmed" in asked,
        one_of(ListOrder, "order") or ListOrder.CAME,
    )


@access(policy.runners)
@exports(STAFF)
def export(reference: str) -> Response:
    meeting = load(reference)
    dataset = participants_of(meeting, list_questions(meeting.id))
    return attachment(dataset, queries.all_participants(meeting), "xlsx")


@access(policy.runners)
@exports(STAFF)
def template(reference: str) -> Response:
    """A list with nobody in it, to be filled in, in the language of the page."""
    load(reference)
    name = 'attachment; filename="participants.xlsx"'
    return Response(empty_list(), mimetype=XLSX, headers={"Content-Disposition": name})


@access(policy.runners)
@takes_files(LIST)
def import_participants(reference: str) -> ResponseReturnValue:
    """The file is checked first, and kept: it is imported once its sender has seen what is understood."""
    meeting = load(reference)
    form = ParticipantListForm(figures_published=meeting.statistics_published)
    lists = partial(value_lists, meeting, clock.day_of(meeting.starts_at))
    columns = columns_of(_all_questions(meeting)) if request.method == "POST" else ()
    outcome = carry_out(form, LIST, columns, partial(_import, meeting, form), lists)
    if outcome and outcome.written:
        people = outcome.written.people
        flash(_n("%(count)s participant is imported.", "%(count)s participants are imported.", people))
        return redirect(url_for("manage_participants.participants", reference=reference))
    return render(
        "participants/manage_import.html",
        form=form,
        meeting=load(reference),
        over=meeting.is_over(clock.now()),
        outcome=outcome,
        waiting=waiting_file(),
    )


def _all_questions(meeting: Meeting) -> list[MeetingQuestion]:
    """The organisers' questions, those of the form and their own."""
    return [
        question
        for internal in (False, True)
        for question in answers.questions_of(meeting.id, internal=internal)
    ]


def _import(
    meeting: Meeting, form: ParticipantListForm, rows: Sequence[Row], write: bool
) -> imports.ImportSummary:
    people = read_participants(rows, clock.day_of(meeting.starts_at))
    published = form.figures_published.data
    return imports.import_participants(meeting.id, people, figures_published=published, write=write, **act())


@access(policy.runners)
def enter_participant(reference: str) -> ResponseReturnValue:
    """Somebody who called, or sent a slip of paper."""
    meeting, now = load(reference), clock.now()
    questions = answers.questions_of(meeting.id, internal=False)
    form = entry_form(meeting, questions, meetings_queries.provinces(), clock.day_of(now))
    if form.submitted():
        sent = (meeting.id, form.participant(), EntryChannel(form.entry.data))
        registration = form.attempt(entries.enter_for, *sent, once=form.sending(), **act())
        if registration:
            flash(_("They are registered. If they gave an address, their receipt is on its way."))
            page = url_for("manage_participants.participant", reference=reference, number=registration.id)
            return redirect(page)
        if isinstance(form.refusal, AlreadyRegistered):
            transaction.keep()  # their receipt is on its way
    return render("participants/manage_enter.html", meeting=meeting, form=form)


@access(policy.runners)
def participant(reference: str, number: int) -> ResponseReturnValue:
    """One person: what they said, what happened, and what can be decided; `act` says what is."""
    meeting = load(reference)
    registration = queries.get_participant(meeting, number)
    form = RegistrationDecisionForm(registration, meeting.workshops)
    decide = DECISIONS.get(form.act.data or "")
    decided = (meeting.id, registration, form)
    if form.submitted() and decide and form.attempt(decide, *decided, **act()):
        say_decided(registration.email)
        return redirect(url_for(".participant", reference=reference, number=number, **kept(*PLACE)))
    return _page(reference, number, form)


def _page(
    reference: str, number: int, form: RegistrationDecisionForm, notes: NotesForm | None = None
) -> ResponseReturnValue:
    """One person, read anew: a refusal has looked at it too, and let go of what came with it. `notes` are
    those that were refused.
    """
    meeting = load(reference)
    registration, questions = queries.get_participant(meeting, number), list_questions(meeting.id)
    return render(
        "participants/manage_participant.html",
        notes.status if notes else 200,
        meeting=meeting,
        registration=registration,
        form=form,
        notes=notes or _notes(registration, questions),
        can_be_given_address=can_be_given(registration) and not meeting.is_over(clock.now()),
        said=said(registration, questions),
        unreached=undelivered.failed_count(undelivered.of_receipt(registration.receipt)),
        titles={workshop.id: workshop.theme for workshop in meeting.workshops},
        narrowing=kept(*PLACE),
    )


@access(policy.runners)
def note_participant(reference: str, number: int) -> ResponseReturnValue:
    """The answers to the questions only the staff fills in."""
    meeting = load(reference)
    questions = [question for question in list_questions(meeting.id) if question.is_internal]
    registration = queries.get_participant(meeting, number)
    if (form := _notes(registration, questions)) is None:
        raise NotFound
    if form.submitted():
        answers.reply_internally(meeting.id, number, replies_of(form, questions), **act())
        flash(_("It is noted."))
        return redirect(url_for("manage_participants.participant", reference=reference, number=number))
    return _page(reference, number, RegistrationDecisionForm(registration, meeting.workshops), form)


def _notes(registration: Registration, questions: list[MeetingQuestion]) -> NotesForm | None:
    """The form of the internal questions, filled in; None where there is none."""
    internal = [question for question in questions if question.is_internal]
    if not internal:
        return None
    values = {reply.question_id: reply.value for reply in registration.replies}
    return asking(NotesForm, internal)(**filled(values, internal))


def _by_receipt(decide: Any) -> Any:
    return lambda _meeting, registration, form, **act: decide(
        registration.receipt, form.reason.data or "", **act
    )


def _put_into(
    meeting_id: int, registration: Registration, form: RegistrationDecisionForm, **act: Any
) -> Registration:
    return workshop_seats.put_into(
        meeting_id, registration.id, form.workshop_id, form.reason.data or "", **act
    )


DECISIONS: dict[str, Callable[..., Registration]] = {
    "place": _by_receipt(decisions.give_place),
    "decline": _by_receipt(decisions.decline),
    "wait": _by_receipt(decisions.send_to_waiting),
    "workshop": _put_into,
}
