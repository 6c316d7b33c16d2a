"""What a person answers when they register, and changes on their own page: wishes, needs, replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from cocreation.core import audit
from cocreation.core.contacts import phone_number
from cocreation.core.database import found, lock, session
from cocreation.demographics.models import APART, Capacity, Demographics
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.models.meeting import Meeting
from cocreation.places import refusals as places_refusals
from cocreation.places.models.answers import Answer, Meal, MeetingQuestion, Needs, Reply, WorkshopWish
from cocreation.places.models.registration import LIVE, Registration, RegistrationState
from cocreation.places.services import workshop_seats
from cocreation.registration import refusals
from cocreation.text.spelling import fold

KEPT = timedelta(days=30)  # how long after the meeting needs are still there
LAST = timedelta(days=1)  # before the meeting: the lists are printed
# What of a participant is no column of the registration.
ANSWERS = ("apart", "wishes", "access", "meal", "note", "replies")


@dataclass(frozen=True)
class Answers:
    """What somebody can change by themselves after they registered."""

    name: str
    language: str
    wishes: Sequence[int] = ()
    access: Sequence[str] = ()
    meal: Meal | None = None
    note: str | None = None
    replies: Mapping[int, Answer | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Participant:
    """Somebody who wants to come, or came. One of `email` (in small letters) and `phone` at least.

    `apart` is what they said for the statistics, by the `name` of the question; `claims` are the values of
    the quotas whose places they ask for; `wishes` the ids of workshops, the one liked most first; `access`,
    `meal` and `note` what they need; `replies` answer the organiser's questions, by the id of the question.
    """

    name: str
    email: str | None
    phone: str | None
    capacity: Capacity
    language: str
    association: str | None = None
    workshop_id: int | None = None
    apart: Mapping[str, str | None] = field(default_factory=dict)
    claims: Sequence[str] = ()
    wishes: Sequence[int] = ()
    access: Sequence[str] = ()
    meal: Meal | None = None
    note: str | None = None
    replies: Mapping[int, Answer | None] = field(default_factory=dict)

    def write_to(self, registration: Registration) -> None:
        """Write it into a registration, what only statistics need apart; not its other answers."""
        names = [column.name for column in fields(self) if column.name not in ANSWERS]
        values = {name: getattr(self, name) for name in names}
        values["phone"] = phone_number(self.phone) if self.phone else None
        values["email"] = self.email or None
        words = (self.name, self.association, self.email, values["phone"])
        values["claims"] = sorted(self.claims)
        values["folded"] = fold(" ".join(filter(None, words)))
        for name, value in values.items():
            setattr(registration, name, value)
        if registration.demographics is None:
            registration.demographics = Demographics()
        for question in APART:
            setattr(registration.demographics, question.name, question.kept(self.apart.get(question.name)))


def can_change(meeting: Meeting, now: datetime) -> bool:
    """Until registration closes, or the day before the meeting where that is later; not once called off."""
    last = max(meeting.registration_closes_at, meeting.starts_at - LAST)
    return not meeting.is_cancelled and now < last


def check_change(meeting: Meeting, registration: Registration, now: datetime) -> None:
    """Raises CalledOff, AlreadyOver, RegistrationCancelled, NotInThatState, TooLateToChange."""
    if meeting.is_cancelled:
        raise meetings_refusals.CalledOff
    if meeting.is_over(now):
        raise meetings_refusals.AlreadyOver
    if registration.standing == RegistrationState.CANCELLED:
        raise refusals.NoLongerRegistered
    if registration.waits_for_link:
        raise refusals.ConfirmFirst
    if registration.standing not in LIVE:
        raise places_refusals.NotInThatState(state=registration.standing.label)
    if not can_change(meeting, now):
        raise refusals.TooLateToChange


def write_new(registration: Registration, participant: Participant) -> None:
    """Write the wishes, needs and replies of a registration that is not in the database yet."""
    registration.wishes = [
        WorkshopWish(rank=rank, workshop_id=workshop_id)
        for rank, workshop_id in enumerate(_once(participant.wishes), 1)
    ]
    needs = _needs(participant.access, participant.meal, participant.note)
    registration.needs = Needs(**needs) if needs else None
    registration.replies = [
        Reply(question_id=question_id, value=value)
        for question_id, value in participant.replies.items()
        if _says(value)
    ]


def change(receipt: str, answers: Answers, *, now: datetime) -> Registration:
    """Its person changes what they said. Another wish gives another workshop where there is a seat.

    Raises NotFound, NoSuchWorkshop, and what `check_change` raises.
    """
    unlocked = found(session.scalar(select(Registration).where(Registration.receipt == receipt)))
    meeting = lock(Meeting, unlocked.meeting_id)
    registration = lock(Registration, unlocked.id)
    check_change(meeting, registration, now)
    if not set(answers.wishes) <= workshop_seats.seats_of(meeting.id).keys():
        raise meetings_refusals.NoSuchWorkshop
    registration.name, registration.language = answers.name, answers.language
    words = (answers.name, registration.association, registration.email, registration.phone)
    registration.folded = fold(" ".join(filter(None, words)))
    _rewrite_needs(registration.id, answers)
    _rewrite_replies(registration.id, answers.replies)
    if _rewrite_wishes(registration.id, answers.wishes):
        session.flush()
        if registration.standing == RegistrationState.CONFIRMED:
            workshop_seats.reconsider(meeting, registration, now=now)
    session.flush()
    return registration


def reply_internally(
    meeting_id: int, number: int, replies: Mapping[int, Answer | None], *, by: int, now: datetime
) -> Registration:
    """The staff fills in its own questions about one person. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    registrations = select(Registration).where(
        Registration.id == number, Registration.meeting_id == meeting.id
    )
    registration = found(session.scalar(registrations))
    _rewrite_replies(registration.id, replies)
    audit.record("registration noted", meeting.reference, by=by, now=now)
    return registration


def forget_needs(now: datetime) -> int:
    """The worker's chore: needs are erased a month after their meeting. How many."""
    over = select(Registration.id).join(Meeting).where(Meeting.ends_at < now - KEPT)
    needs = delete(Needs).where(Needs.registration_id.in_(over)).returning(Needs.registration_id)
    gone = len(session.execute(needs).all())
    session.commit()
    return gone


def _once(wishes: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(wishes))


def _needs(access: Sequence[str], meal: Meal | None, note: str | None) -> dict[str, object]:
    """The values of a row, none when nothing is needed."""
    return {"access": list(access), "meal": meal, "note": note or None} if access or meal or note else {}


def _says(value: object) -> bool:
    """Whether a reply says something: no text and no choice are no reply, a no is one."""
    return value is not None and value != "" and value != []


def _rewrite_needs(registration_id: int, answers: Answers) -> None:
    needs = _needs(answers.access, answers.meal, answers.note)
    session.execute(delete(Needs).where(Needs.registration_id == registration_id))
    if needs:
        session.execute(insert(Needs).values(registration_id=registration_id, **needs))


def _rewrite_replies(registration_id: int, replies: Mapping[int, Answer | None]) -> None:
    """Replace the replies to these questions; those to others stay."""
    own = Reply.registration_id == registration_id
    session.execute(delete(Reply).where(own, Reply.question_id.in_(list(replies))))
    said = [
        {"registration_id": registration_id, "question_id": question, "value": value}
        for question, value in replies.items()
        if _says(value)
    ]
    if said:
        session.execute(insert(Reply), said)


def _rewrite_wishes(registration_id: int, wishes: Sequence[int]) -> bool:
    """Replace the wishes; whether they are others now."""
    own = WorkshopWish.registration_id == registration_id
    before = list(session.scalars(select(WorkshopWish.workshop_id).where(own).order_by(WorkshopWish.rank)))
    if before == _once(wishes):
        return False
    session.execute(delete(WorkshopWish).where(own))
    wished = [
        {"registration_id": registration_id, "rank": rank, "workshop_id": workshop_id}
        for rank, workshop_id in enumerate(_once(wishes), 1)
    ]
    if wished:
        session.execute(insert(WorkshopWish), wished)
    return True


def questions_of(meeting_id: int, *, internal: bool) -> list[MeetingQuestion]:
    """The organiser's questions in their order: those of the form, or those only the staff fills in."""
    asked = select(MeetingQuestion).where(
        MeetingQuestion.meeting_id == meeting_id, MeetingQuestion.is_internal.is_(internal)
    )
    return list(session.scalars(asked.order_by(MeetingQuestion.position, MeetingQuestion.id)))
