"""How people come into a meeting of the demonstration, and what becomes of their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.delegations.services import delegates as delegations_services
from cocreation.demographics.models import APART, Capacity
from cocreation.demonstration.content import at, load, spread
from cocreation.demonstration.people import Crowd, address
from cocreation.languages.i18n import DEFAULT
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting
from cocreation.participants.services import decisions, entries
from cocreation.places.models.answers import AnswerType, Meal
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.places.services import offers, places, workshop_seats
from cocreation.registration.services import answers, confirmation, own_data, registrations


def register(crowd: Crowd, count: int, last: datetime) -> None:
    """Register `count` people between the opening and `last`; each confirms by the link of the mail, and the
    first sends the form once more.
    """
    meeting = crowd.meeting
    for number, now in enumerate(spread(meeting.registration_opens_at, last, count), 1):
        once = f"demo {meeting.reference} {number}"
        registration = registrations.register(meeting.id, crowd.member(number), once=once, now=now)
        confirmation.count_known(registration.receipt, now=now)
        if number == 2:
            registrations.register(meeting.id, crowd.member(1), once=f"{once} again", now=now)


def send_delegations(crowd: Crowd, today: date) -> None:
    """Associations register several people, who answer by their own links, or do not."""
    meeting = crowd.meeting
    for number, row in enumerate(load("delegations").get(meeting.reference, []), 1):
        sent, mark = _moment(today, row["at"]), f"{meeting.reference.lower()}.d{number}"
        mails = [f"{mark}{n}@demo.example" for n, _ in enumerate(row["delegates"], 1)]
        named = [
            delegations_services.Delegate(name, mail)
            for (name, _), mail in zip(row["delegates"], mails, strict=True)
        ]
        party = delegations_services.DelegatingAssociation(
            row["association"], row["contact"], mails[0], row["language"]
        )
        delegations_services.register_delegation(meeting.id, party, named, once=f"demo {mark}", now=sent)
        for n, (mail, (name, answer)) in enumerate(zip(mails, row["delegates"], strict=True)):
            receipt, later = _registered(meeting, mail).receipt, sent + timedelta(hours=1 + n)
            if answer == "accept":
                registrations.accept(receipt, now=later)
                said = answers.Answers(name, row["language"], crowd.workshops[n % 2 :][:2], meal=Meal.ANY)
                answers.change(receipt, said, now=later)
            elif answer == "withdraw":
                registrations.cancel(receipt, now=later)
        if any(answer == "lapse" for _, answer in row["delegates"]):
            _work(meeting, sent + timedelta(hours=meeting.offer_hours, minutes=5))


def enter(crowd: Crowd, *, by: int, now: datetime) -> None:
    """Those who called or sent a slip of paper, registered by the secretariat."""
    meeting = crowd.meeting
    for n, row in enumerate(load("delegations")["entered"].get(meeting.reference, []), 1):
        participant = answers.Participant(
            name=row["name"],
            email=None,
            phone=f"06 00 00 90 {n:02d}",
            capacity=Capacity.CITIZEN,
            language=DEFAULT.code,
            apart={question.name: row[question.key] for question in APART if question.key in row},
            claims=row["claims"],
            access=row.get("access", ()),
            wishes=[crowd.workshops[n % len(crowd.workshops)]],
        )
        entry, once = EntryChannel(row["entry"]), f"demo {meeting.reference} entered {n}"
        entries.enter_for(meeting.id, participant, entry, once=once, by=by, now=now)


def move(meeting: Meeting, today: date, *, by: int) -> None:
    """What happened to registrations afterwards: given up, offered, lapsed, decided on by hand."""
    for row in load("moves").get(meeting.reference, []):
        ACTS[row["act"]](meeting, row, _moment(today, row["at"]), by)


def note_internally(crowd: Crowd, *, by: int, now: datetime) -> None:
    """What the staff writes about the first few people, where there is something only they fill in."""
    internal = [
        question
        for question, _ in crowd.questions
        if question.is_internal and question.asks is AnswerType.YES_NO
    ]
    for question in internal:
        for number in range(1, 7):
            person = _registered(crowd.meeting, address(crowd.meeting, number))
            said = {question.id: number % 3 != 0}
            answers.reply_internally(crowd.meeting.id, person.id, said, by=by, now=now)


def allocate(crowd: Crowd, *, by: int, now: datetime) -> None:
    """The workshops given anew, and one person put into another one by hand."""
    meeting, said = crowd.meeting, load("moves")["by_hand"]
    workshop_seats.allocate_anew(meeting.id, by=by, now=now)
    person, last = _registered(meeting, address(meeting, said["who"])), crowd.workshops[-1]
    workshop_seats.put_into(meeting.id, person.id, last, said["reason"], by=by, now=now)


def _accept(meeting: Meeting, row: dict[str, object], now: datetime, by: int) -> None:
    registrations.accept(_first(meeting, RegistrationState.OFFERED).receipt, now=now)


def _cancel(meeting: Meeting, row: dict[str, Any], now: datetime, by: int) -> None:
    registrations.cancel(_registered(meeting, address(meeting, row["who"])).receipt, now=now)


def _decline(meeting: Meeting, row: dict[str, Any], now: datetime, by: int) -> None:
    person = _registered(meeting, address(meeting, row["who"]))
    decisions.decline(person.receipt, row["reason"], by=by, now=now)


def _erase(meeting: Meeting, row: dict[str, Any], now: datetime, by: int) -> None:
    own_data.erase(_registered(meeting, address(meeting, row["who"])).receipt, now=now)


def _give_place(meeting: Meeting, row: dict[str, Any], now: datetime, by: int) -> None:
    person = _first(meeting, RegistrationState.OFFERED)
    decisions.give_place(person.receipt, row["reason"], by=by, now=now)


def _send_to_waiting(meeting: Meeting, row: dict[str, Any], now: datetime, by: int) -> None:
    person = _registered(meeting, address(meeting, row["who"]))
    decisions.send_to_waiting(person.receipt, row["reason"], by=by, now=now)


def _wait_again(meeting: Meeting, row: dict[str, object], now: datetime, by: int) -> None:
    registrations.wait_again(_first(meeting, RegistrationState.LAPSED).receipt, now=now)


def _let_lapse(meeting: Meeting, row: dict[str, object], now: datetime, by: int) -> None:
    _work(meeting, now)


ACTS: dict[str, Callable[[Meeting, dict[str, Any], datetime, int], None]] = {
    "accept": _accept,
    "cancel": _cancel,
    "decline": _decline,
    "erase": _erase,
    "give_place": _give_place,
    "send_to_waiting": _send_to_waiting,
    "wait_again": _wait_again,
    "work": _let_lapse,
}


def _work(meeting: Meeting, now: datetime) -> None:
    """What the worker does: end the offers that nobody answered, and offer what is free to the next."""
    locked = lock_meeting(meeting.id)
    offers.lapse(locked, now=now)
    places.fill(locked, now=now, asks=True)


def _moment(today: date, said: Sequence[int]) -> datetime:
    """[days from today, hour, minute]."""
    day, hour, *minute = said
    return at(today + timedelta(days=day), hour, *minute)


def _registered(meeting: Meeting, email: str) -> Registration:
    statement = select(Registration).where(Registration.meeting_id == meeting.id, Registration.email == email)
    statement = statement.where(Registration.state != RegistrationState.REPEATED)
    return session.scalars(statement).one()


def _first(meeting: Meeting, state: RegistrationState) -> Registration:
    """The first in this state of those who registered by themselves."""
    statement = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == state)
    alone = statement.where(Registration.entry == EntryChannel.WEB).order_by(
        Registration.queued_at, Registration.id
    )
    return session.scalars(alone.limit(1)).one()
