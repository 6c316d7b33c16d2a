"""At the door: who arrives, on a telephone, with the network or without; afterwards from the paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Response, current_app, flash, jsonify, redirect, request, url_for
from flask_wtf.csrf import generate_csrf

from cocreation.attendance import queries, services
from cocreation.attendance.forms import MARK, Undo, WalkIn, WalkInForm, read_entry, read_number
from cocreation.attendance.models import How
from cocreation.attendance.services import Answer, Outcome, Seen
from cocreation.core import clock
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.core.i18n import format_time, gettext as _, ngettext as _n
from cocreation.core.text.markup import isolate_text
from cocreation.meetings import policy
from cocreation.meetings.backstage import act, load
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.queries import backstage
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render

MOST_ENTRIES = 500


@access(policy.welcomers)
def door(reference: str) -> Any:
    meeting = _welcome(reference)
    return _page(meeting, WalkInForm(meeting))


@access(policy.welcomers)
def note_arrival(reference: str) -> Any:
    """The button beside a name: `id` was made with the page, so that pressing twice notes once."""
    meeting, sent = _welcome(reference), request.form
    if not re.fullmatch(MARK, sent.get("id", "")):
        raise Invalid
    found = sent.get("seat_found") == "y" and policy.can_run(current_person(), meeting)
    seen = Seen(sent["id"], clock.now(), How.NAME, number=_number(), seat_found=found)
    [outcome] = services.note_arrivals(meeting.id, [seen], device=_device(), **act())
    flash(_told(outcome), "message" if outcome.answer == Answer.NOTED else "warning")
    return _back(meeting)


@access(policy.welcomers)
def undo_arrival(reference: str) -> Any:
    meeting = _welcome(reference)
    services.undo_arrival(meeting.id, _number(), until=clock.now(), **act())
    flash(_("The arrival is undone."))
    return _back(meeting)


@access(policy.welcomers)
def walk_in(reference: str) -> Any:
    meeting = _welcome(reference)
    form = WalkInForm(meeting)
    if form.submitted():
        found = form.seat_found.data and policy.can_run(current_person(), meeting)
        arrival = Seen(form.id.data, clock.now(), How.WALK_IN, seat_found=found)
        given = {"device": _device(), **act()}
        if made := form.attempt(services.walk_in, meeting.id, form.participant(), arrival, **given):
            flash(_("%(name)s is registered and has arrived.", name=isolate_text(made.name)))
            return _back(meeting)
    return _page(_welcome(reference), form)


@access(policy.welcomers)
def door_list(reference: str) -> Response:
    """What the script keeps for the day; `now` is for devices whose clock is wrong."""
    meeting = _welcome(reference)
    people = queries.list_for_device(meeting)
    return jsonify(now=clock.now().isoformat(), csrf=generate_csrf(), people=people)


@access(policy.welcomers)
def door_entries(reference: str) -> Any:
    """A batch of what a door saw, in its order; an answer for each."""
    meeting, sent = _welcome(reference), request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(entries := sent.get("entries"), list):
        raise Invalid
    device = str(sent.get("device") or "")[:40] or _device()
    may_find = policy.can_run(current_person(), meeting)
    try:
        return jsonify(answers=_answers(meeting, entries[:MOST_ENTRIES], device, may_find))
    except Refusal as refusal:  # of all of them: it is not the day, or the meeting was called off
        return jsonify(error=str(refusal.sentence)), refusal.status


@access(policy.welcomers)
def door_worker(reference: str) -> Response:
    """The service worker, from an address that lets it serve this one page and no other."""
    _welcome(reference)
    script = Path(current_app.static_folder or "", "js/arriving-worker.js").read_text()
    scope = url_for("manage_attendance.door", reference=reference)
    return Response(script, mimetype="text/javascript", headers={"Service-Worker-Allowed": scope})


@access(policy.runners)
def attendance(reference: str) -> Any:
    """The sheet that was signed, entered afterwards: boxes, a page at a time, each saved at once.

    `shown` are those whose box was ticked when the page was made: only what was changed here is changed.
    """
    meeting = load(reference)
    if request.method == "POST":
        ticked, shown = (_numbers(request.form.getlist(each)) for each in ("came", "shown"))
        count = services.note_from_paper(meeting.id, ticked - shown, shown - ticked, **act())
        flash(_n("%(count)s change is saved.", "%(count)s changes are saved.", count))
        return redirect(request.full_path.rstrip("?"))
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    return render(
        "attendance/manage_attendance.html",
        meeting=meeting,
        people=queries.attendance(meeting, chosen, request.args.get("cursor")),
        presence=queries.presence(meeting),
        chosen=chosen,
        is_day=_is_day(meeting),
    )


def _welcome(reference: str) -> Meeting:
    """The meeting, for those who welcome its people."""
    meeting = backstage.get_any_meeting(reference)
    if not policy.can_welcome(current_person(), meeting):
        raise NotFound
    return meeting


def _page(meeting: Meeting, form: WalkInForm) -> Any:
    typed = request.args.get("q", "")
    return render(
        "attendance/door.html",
        meeting=meeting,
        form=form,
        typed=typed,
        found=queries.find(meeting, typed) if typed else [],
        latest=queries.latest(meeting),
        presence=queries.presence(meeting),
        may_run=policy.can_run(current_person(), meeting),
        is_day=_is_day(meeting),
        zone=queries.minutes_from_utc(meeting),
        kept_from=queries.kept_from(meeting),
        kept_until=queries.kept_until(meeting),
        new_id=lambda: str(uuid4()),
        answers=Answer,
    )


def _answers(meeting: Meeting, entries: list[Any], device: str, may_find: bool) -> list[dict[str, Any]]:
    """Each in its turn, since undoing and noting the same person follow each other."""
    answers: list[dict[str, Any]] = []
    waiting: list[Seen] = []

    def settle() -> None:
        if waiting:
            outcomes = services.note_arrivals(meeting.id, waiting, device=device, **act())
            answers.extend(_said(each) for each in outcomes)
            waiting.clear()

    for sent in entries:
        mark = str(sent.get("id")) if isinstance(sent, dict) else ""
        try:
            entry = read_entry(sent)
        except Refusal as refusal:
            answers.append(_said(Outcome(mark, Answer.REFUSED), refusal))
            continue
        if isinstance(entry, Seen):
            waiting.append(entry if may_find or not entry.seat_found else _without_seat(entry))
            continue
        settle()
        answers.append(_answer(meeting, entry, device, may_find))
    settle()
    return answers


def _answer(meeting: Meeting, entry: Undo | WalkIn, device: str, may_find: bool) -> dict[str, Any]:
    try:
        if isinstance(entry, Undo):
            person = services.undo_arrival(meeting.id, entry.number, until=entry.until, **act())
            answer = Answer.ALREADY if person.present_at else Answer.UNDONE
            return _said(Outcome(entry.id, answer, person, person.present_at, elsewhere=True))
        arrival = entry.arrival if may_find else _without_seat(entry.arrival)
        person = services.walk_in(meeting.id, entry.participant, arrival, device=device, **act())
        return _said(Outcome(entry.id, Answer.NOTED, person, person.present_at))
    except Refusal as refusal:
        return _said(Outcome(entry.id, Answer.REFUSED), refusal)


def _without_seat(seen: Seen) -> Seen:
    return Seen(seen.id, seen.at, seen.how, number=seen.number, receipt=seen.receipt)


def _said(outcome: Outcome, refusal: Refusal | None = None) -> dict[str, Any]:
    person = outcome.registration
    return {
        "id": outcome.id,
        "answer": outcome.answer.value,
        "number": person.id if person else None,
        "name": person.name if person else None,
        "state": person.state.value if person else None,
        "at": outcome.at.isoformat() if outcome.at else None,
        "elsewhere": outcome.elsewhere,
        "sentence": str(refusal.sentence) if refusal else _told(outcome),
    }


def _told(outcome: Outcome) -> str:
    """An outcome in a sentence, for whoever stands at the door."""
    name = isolate_text(outcome.registration.name) if outcome.registration else ""
    at = format_time(outcome.at) if outcome.at else ""
    if outcome.answer == Answer.NOTED:
        return _("%(name)s has arrived, at %(time)s.", name=name, time=at)
    if outcome.answer == Answer.ALREADY:
        if outcome.elsewhere:
            return _("%(name)s was already noted at %(time)s, by another door.", name=name, time=at)
        return _("%(name)s was already noted at %(time)s.", name=name, time=at)
    if outcome.answer == Answer.NO_PLACE:
        return _("%(name)s has no place: nothing was noted.", name=name)
    if outcome.answer == Answer.CANCELLED:
        return _("The registration of %(name)s is cancelled: nothing was noted.", name=name)
    if outcome.answer == Answer.UNDONE:
        return _("%(name)s: the arrival is undone.", name=name)
    return _("This code or person is not registered for this meeting.")


def _back(meeting: Meeting) -> Any:
    return redirect(url_for("manage_attendance.door", reference=meeting.reference))


def _device() -> str:
    """The door of somebody who uses the forms."""
    return f"person {current_person().id}"


def _is_day(meeting: Meeting) -> bool:
    return clock.today() >= clock.day_of(meeting.starts_at)


def _number() -> int:
    try:
        return read_number(request.form.get("number"))
    except (TypeError, ValueError) as error:
        raise Invalid from error


def _numbers(sent: list[str]) -> set[int]:
    return {int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 10}


def chosen_workshop(meeting: Meeting, typed: str) -> int | None:
    """The workshop whose id is in the address; None for everyone."""
    return next((each.id for each in meeting.workshops if str(each.id) == typed), None)
