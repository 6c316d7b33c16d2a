"""The door, on a telephone, with the network or without; the paper; what is printed for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid4, uuid5

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.attendance import printouts, queries, services
from cocreation.attendance.forms import Act, Undo, WalkIn, WalkInForm, read_act, read_number
from cocreation.attendance.models import ArrivalMethod
from cocreation.attendance.services import ArrivalAnswer, ArrivalOutcome, Seen
from cocreation.core import clock, offline
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.files import pdf
from cocreation.languages.i18n import format_time, gettext as _, ngettext as _n
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.meetings.backstage import load
from cocreation.meetings.models.meeting import Meeting
from cocreation.text.markup import isolate_text
from cocreation.web import devices
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render


@access(policy.welcomers)
def door(reference: str) -> ResponseReturnValue:
    meeting = _welcome(reference)
    return _page(meeting, WalkInForm(meeting))


@access(policy.welcomers)
def note_arrival(reference: str) -> ResponseReturnValue:
    """The button beside a name: `id` was made with the page, so that pressing twice notes once."""
    meeting, sent = _welcome(reference), request.form
    if not offline.is_key(sent.get("id")):
        raise Invalid
    found = sent.get("seat_found") == "y" and policy.can_run(current_person(), meeting)
    seen = Seen(sent["id"], clock.now(), ArrivalMethod.NAME, number=_number(), seat_found=found)
    [outcome] = services.note_arrivals(meeting.id, [seen], device=_device(), **act())
    flash(_told(outcome), "message" if outcome.answer == ArrivalAnswer.NOTED else "warning")
    return _back(meeting)


@access(policy.welcomers)
def undo_arrival(reference: str) -> ResponseReturnValue:
    meeting = _welcome(reference)
    services.undo_arrival(meeting.id, _number(), until=clock.now(), **act())
    flash(_("The arrival is undone."))
    return _back(meeting)


@access(policy.welcomers)
def walk_in(reference: str) -> ResponseReturnValue:
    meeting = _welcome(reference)
    form = WalkInForm(meeting)
    if form.submitted():
        found = form.seat_found.data and policy.can_run(current_person(), meeting)
        # The id was made with the page: one that Back brought and somebody filled in anew is another arrival.
        key = str(uuid5(UUID(form.id.data), form.fingerprint()))
        arrival = Seen(key, clock.now(), ArrivalMethod.WALK_IN, seat_found=found)
        walks_in = meeting.id, form.participant(), arrival
        registration = form.attempt(services.walk_in, *walks_in, device=_device(), **act())
        if registration is not None:
            flash(_("%(name)s is registered and has arrived.", name=isolate_text(registration.name)))
            return _back(meeting)
    return _page(_welcome(reference), form)


@access(policy.welcomers)
def door_list(reference: str) -> Response:
    """What the script keeps for the day."""
    return devices.hand_out(people=queries.list_for_device(_welcome(reference)))


@access(policy.welcomers)
def door_entries(reference: str) -> ResponseReturnValue:
    """A batch of what a door saw; none of it counts when it is not the day, or the meeting was called off."""
    meeting = _welcome(reference)
    read = partial(read_act, may_find=policy.can_run(current_person(), meeting))

    def settle(batch: offline.OfflineBatch) -> list[dict[str, object]]:
        take = partial(_take, meeting=meeting, device=batch.device)
        return offline.settle(batch.acts, read, take, _refuse)

    return devices.take_in(settle, device=_device())


@access(policy.welcomers)
def door_worker(reference: str) -> Response:
    """The service worker, from an address that lets it serve this one page and no other."""
    _welcome(reference)
    return devices.worker(url_for("manage_attendance.door", reference=reference))


@access(policy.runners)
def attendance(reference: str) -> ResponseReturnValue:
    """The sheet that was signed, entered afterwards: boxes, a page at a time, each saved at once.

    `shown` are those whose box was ticked when the page was made: only what was changed here is changed.
    """
    meeting = load(reference)
    if request.method == "POST":
        ticked, shown = (_numbers(request.form.getlist(field)) for field in ("came", "shown"))
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
    meeting = meetings_queries.get_any_meeting(reference)
    if not policy.can_welcome(current_person(), meeting):
        raise NotFound
    return meeting


def _page(meeting: Meeting, form: WalkInForm) -> ResponseReturnValue:
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
        answers=ArrivalAnswer,
    )


def _take(acts: Sequence[Act], meeting: Meeting, device: str) -> list[dict[str, object]]:
    """Do some acts of one class. Arrivals are noted together, the others in their turn."""
    if seen := [sent for sent in acts if isinstance(sent, Seen)]:
        outcomes = services.note_arrivals(meeting.id, seen, device=device, **act())
        return [_said(outcome) for outcome in outcomes]
    others = [sent for sent in acts if not isinstance(sent, Seen)]
    return offline.take_each(others, partial(_take_one, meeting=meeting, device=device), _refuse)


def _take_one(sent: Undo | WalkIn, meeting: Meeting, device: str) -> dict[str, object]:
    if isinstance(sent, Undo):
        person = services.undo_arrival(meeting.id, sent.number, until=sent.until, **act())
        answer = ArrivalAnswer.ALREADY if person.present_at else ArrivalAnswer.UNDONE
        return _said(ArrivalOutcome(sent.id, answer, person, person.present_at, elsewhere=True))
    person = services.walk_in(meeting.id, sent.participant, sent.arrival, device=device, **act())
    return _said(ArrivalOutcome(sent.id, ArrivalAnswer.NOTED, person, person.present_at))


def _refuse(key: str, refusal: Refusal) -> dict[str, object]:
    return _said(ArrivalOutcome(key, ArrivalAnswer.REFUSED), refusal)


def _said(outcome: ArrivalOutcome, refusal: Refusal | None = None) -> dict[str, object]:
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


def _told(outcome: ArrivalOutcome) -> str:
    """An outcome in a sentence, for whoever stands at the door."""
    name = isolate_text(outcome.registration.name) if outcome.registration else ""
    at = format_time(outcome.at) if outcome.at else ""
    if outcome.answer == ArrivalAnswer.NOTED:
        return _("%(name)s has arrived, at %(time)s.", name=name, time=at)
    if outcome.answer == ArrivalAnswer.ALREADY:
        if outcome.elsewhere:
            return _("%(name)s was already noted at %(time)s, by another door.", name=name, time=at)
        return _("%(name)s was already noted at %(time)s.", name=name, time=at)
    if outcome.answer == ArrivalAnswer.NO_PLACE:
        return _("%(name)s has no place: nothing was noted.", name=name)
    if outcome.answer == ArrivalAnswer.CANCELLED:
        return _("The registration of %(name)s is cancelled: nothing was noted.", name=name)
    if outcome.answer == ArrivalAnswer.UNDONE:
        return _("%(name)s: the arrival is undone.", name=name)
    return _("This code or person is not registered for this meeting.")


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("manage_attendance.door", reference=meeting.reference))


def _device() -> str:
    """The door of somebody who uses the forms."""
    return f"person {current_person().id}"


def _is_day(meeting: Meeting) -> bool:
    return clock.today() >= clock.day_of(meeting.starts_at)


def _number() -> int:
    try:
        return read_number(request.form.get("number", ""))
    except ValueError as error:
        raise Invalid from error


def _numbers(sent: list[str]) -> set[int]:
    return {int(number) for number in sent if number.isascii() and number.isdecimal() and len(number) < 10}


def chosen_workshop(meeting: Meeting, typed: str) -> int | None:
    """The workshop whose id is in the address; None for everyone."""
    return next((workshop.id for workshop in meeting.workshops if str(workshop.id) == typed), None)


@access(policy.runners)
@exports(STAFF)
def attendance_sheet(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printouts.sheet(meeting, queries.expected(meeting, chosen), chosen)
    return _pdf(meeting, "attendance", printouts.SHEET, data)


@access(policy.runners)
@exports(STAFF)
def badges(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printouts.badges(meeting, queries.expected(meeting, chosen))
    return _pdf(meeting, "badges", printouts.BADGES, data)


def _pdf(meeting: Meeting, what: str, template: str, data: dict[str, object]) -> Response:
    name = f"{meeting.reference}-{what}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf.compiled(template, data), mimetype="application/pdf", headers=headers)
