"""People that the staff's search finds, by name, address or telephone, each as far as it concerns who asks:
those who registered and who are invited by whose meetings they are of, contacts of associations for the
secretariat, the team for its administrators.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from cocreation.accounts.models import Duty, Person, Role
from cocreation.core.contacts import mailbox, phone_number
from cocreation.core.database import session
from cocreation.directory.models import Association
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.languages.i18n import LANGUAGES
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.registration import Delegation, Registration
from cocreation.portal.find.queries import typed_receipt
from cocreation.registration.queries import STANDS
from cocreation.text.names import is_called
from cocreation.text.spelling import fold

MOST = 20
FEWEST_LETTERS = 3  # as at a door: fewer are said by half of a list
FEWEST_DIGITS = 6
# Those who come are registered, and found there.
NOT_REGISTERED = (
    InvitationState.PROPOSED,
    InvitationState.READY,
    InvitationState.SENT,
    InvitationState.DECLINED,
)


def letters(typed: str) -> str:
    """What was typed as names are compared, without its blanks."""
    return fold(typed).replace(" ", "")


def participants(person: Person, typed: str) -> Sequence[Registration]:
    """Who registered for the meetings that `person` runs or whose door they keep, the latest first; each with
    its meeting and its workshops.
    """
    own = _at_own_meetings(person, Registration.meeting_id, at_doors=True)
    named = _is_participant(typed)
    if own is None or named is None:
        return []
    statement = (
        select(Registration)
        .where(own, named, STANDS, Registration.erased_at.is_(None))
        .options(joinedload(Registration.meeting).selectinload(Meeting.workshops))
    )
    return session.scalars(statement.order_by(Registration.id.desc()).limit(MOST)).all()


def _is_participant(typed: str) -> ColumnElement[bool] | None:
    if receipt := typed_receipt(typed):
        return Registration.receipt == receipt
    if len(letters(typed)) < FEWEST_LETTERS:
        return None
    words = [Registration.folded.contains(word, autoescape=True) for word in fold(typed).split()]
    phone = _phone(typed)
    return or_(and_(*words), Registration.phone == phone) if phone else and_(*words)


def guests(person: Person, typed: str) -> Sequence[MeetingInvitation]:
    """Who is invited to a meeting that `person` runs and has not said that they come; with their meeting."""
    own = _at_own_meetings(person, MeetingInvitation.meeting_id)
    if own is None or len(letters(typed)) < FEWEST_LETTERS:
        return []
    names = [MeetingInvitation.name[code].as_string() for code in LANGUAGES]
    named = [is_called(name, typed) for name in names]
    statement = (
        select(MeetingInvitation)
        .where(own, MeetingInvitation.state.in_(NOT_REGISTERED))
        .where(or_(*named, MeetingInvitation.email.icontains(typed, autoescape=True)))
        .options(joinedload(MeetingInvitation.meeting))
    )
    return session.scalars(statement.order_by(MeetingInvitation.id.desc()).limit(MOST)).all()


def delegations(person: Person, typed: str) -> Sequence[Delegation]:
    """Who registered people of an association for the meetings that `person` runs, by name, association or
    address; with their meeting.
    """
    own = _at_own_meetings(person, Delegation.meeting_id)
    if own is None or len(letters(typed)) < FEWEST_LETTERS:
        return []
    ways = [is_called(name, typed) for name in (Delegation.contact, Delegation.association)]
    ways += [Delegation.email == address] if (address := mailbox(typed)) else []
    statement = select(Delegation).where(own, or_(*ways)).options(joinedload(Delegation.meeting))
    return session.scalars(statement.order_by(Delegation.id.desc()).limit(MOST)).all()


def associations(person: Person, typed: str) -> Sequence[Association]:
    """Associations by name, or by whom to reach there, for the secretariat, listed or not."""
    if not person.runs_everything or len(letters(typed)) < FEWEST_LETTERS:
        return []
    ways = [Association.folded.contains(fold(typed), autoescape=True)]
    ways += [is_called(Association.contact_name, typed)]
    ways += [Association.email == address] if (address := mailbox(typed)) else []
    ways += [Association.phone == phone] if (phone := _phone(typed)) else []
    statement = select(Association).where(or_(*ways)).order_by(Association.folded, Association.id)
    return session.scalars(statement.limit(MOST)).all()


def team(person: Person, typed: str) -> Sequence[Person]:
    """Members of the staff by name or address, for administrators; with their roles. They are few."""
    words = fold(typed).split()
    if not person.has_duty(Duty.ADMINISTRATION) or not words:
        return []
    everyone = session.execute(select(Person.id, Person.name, Person.email).order_by(Person.name, Person.id))
    ids = [id_ for id_, name, email in everyone if all(word in fold(f"{name} {email}") for word in words)]
    statement = select(Person).where(Person.id.in_(ids[:MOST])).options(selectinload(Person.grants))
    return session.scalars(statement.order_by(Person.name, Person.id)).all()


def meetings(person: Person, typed: str) -> Sequence[Meeting]:
    """Meetings by their name or town, those announced and those that `person` runs, the latest first."""
    words = fold(typed).split()
    if not words:
        return []
    statement = select(Meeting.id, Meeting.reference, Meeting.title, Meeting.city, Meeting.starts_at)
    if not person.runs_everything:
        own = Meeting.id.in_(person.scopes(Role.COORDINATOR))
        statement = statement.where(or_(Meeting.announced_at.is_not(None), own))
    ids = [
        id_
        for id_, reference, title, city, starts_at in session.execute(statement)
        if _says(words, reference, *title.values(), *city.values(), _year(starts_at.date()))
    ]
    found = select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.starts_at.desc(), Meeting.id)
    return session.scalars(found.limit(MOST)).all()


def _year(day: date) -> str:
    return str(day.year)


def _says(words: Sequence[str], *texts: str) -> bool:
    said = fold(" ".join(texts))
    return all(word in said for word in words)


def _phone(typed: str) -> str:
    """The telephone number that was typed, "" for what is none."""
    enough = sum(sign.isdecimal() for sign in typed) >= FEWEST_DIGITS
    return phone_number(typed) if enough and not any(sign.isalpha() for sign in typed) else ""


def _at_own_meetings(
    person: Person, meeting_id: InstrumentedAttribute[int], *, at_doors: bool = False
) -> ColumnElement[bool] | None:
    """The condition that a row is of a meeting that `person` runs or, `at_doors`, facilitates at; None for
    whom there is no such meeting.
    """
    if person.runs_everything:
        return meeting_id.is_not(None)
    runs = person.scopes(Role.COORDINATOR)
    facilitates = person.scopes(Role.FACILITATOR) if at_doors else set()
    if not runs | facilitates:
        return None
    of_workshops = select(Workshop.meeting_id).where(Workshop.id.in_(facilitates))
    return or_(meeting_id.in_(runs), meeting_id.in_(of_workshops))
