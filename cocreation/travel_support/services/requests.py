"""Help with transport and lodging: what a meeting offers, who asks for it, and what is decided.

All of it under the lock of the meeting, so that no more is granted than there is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, func, select

from cocreation.core import audit, files
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, session
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.directory.models import Province
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places.models.registration import LIVE, TAKEN, Registration
from cocreation.places.services.locks import lock_registration
from cocreation.travel_support.models import (
    DECIDED,
    CriterionWeight,
    SupportCriterion,
    SupportOffer,
    SupportProof,
    SupportRequest,
    SupportState,
)
from cocreation.travel_support.services.history import note, take_back

MOST_PROOFS = 2
KEPT = timedelta(days=60)  # how long proofs stay after the meeting


class NoSupport(Refusal):
    sentence = _l("This meeting offers no help with transport or lodging.")


class SupportClosed(Refusal):
    sentence = _l("Help could be asked for until %(day)s. Nothing was sent.")


class SupportAlreadyAsked(Refusal):
    sentence = _l("You have already asked for help. Your first request stands as it is.")


class DecidedAlready(Refusal):
    sentence = _l("The organisers have already decided: the request can no longer be changed or withdrawn.")


class ChangesClosed(Refusal):
    sentence = _l("A request could be changed until %(day)s. Nothing was changed; it can still be withdrawn.")


class NothingToChange(Refusal):
    sentence = _l("You have no request for help at this meeting.")


class NotComing(Refusal):
    sentence = _l("Only somebody who is registered or on the waiting list can ask for help.")


class NotConfirmed(Refusal):
    sentence = _l(
        "Help can be asked for once your registration is confirmed: by the link of the mail we sent you, or, "
        "without an address, once the organisers have called you."
    )


class NoSupportAsked(Invalid):
    sentence = _l("Say how many nights or tickets you need.")


class MoreThanThereIs(Invalid):
    sentence = _l("There are %(nights)s nights and %(tickets)s tickets in all: ask for no more than that.")


class MoreNightsThanThereAre(MoreThanThereIs):
    """Where no ticket is offered."""

    sentence = _l("Nights of lodging in all: %(nights)s. Ask for no more than that.")


class MoreTicketsThanThereAre(MoreThanThereIs):
    """Where no night is offered."""

    sentence = _l("Tickets for transport in all: %(tickets)s. Ask for no more than that.")


class TooManyProofs(Invalid):
    sentence = _l("At most two proofs can come with a request.")


class NoCriterion(Invalid):
    sentence = _l("Give a weight to one criterion at least.")


class NothingOffered(Invalid):
    sentence = _l("Say how many nights or tickets there are.")


class ClosesAfterMeeting(Invalid):
    sentence = _l("Help can be asked for until the day before the meeting at the latest.")


class CriteriaFixed(Refusal):
    sentence = _l(
        "Somebody has already asked under the published criteria: neither they nor the place that distances "
        "are counted from can change any more. Nothing was saved."
    )


class LessThanGranted(Refusal):
    sentence = _l("%(nights)s nights and %(tickets)s tickets are already granted: there cannot be fewer.")


@dataclass(frozen=True)
class Help:
    """What a meeting can help with. Amounts in dirhams for one; `province_code` is that of the venue."""

    province_code: str
    closes_on: date
    explained: Translated | None
    payer: str | None
    nights: int
    night_cost: Decimal | None
    tickets: int
    ticket_cost: Decimal | None


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; `facts` are the values of the criteria that are true of them."""

    province_code: str
    sentence: str
    facts: Collection[str]
    nights: int
    tickets: int


@dataclass(frozen=True)
class Amount:
    """So much of the two budget lines."""

    nights: int
    tickets: int


def offer(
    meeting_id: int, given: Help, weights: Mapping[SupportCriterion, int], *, by: int, now: datetime
) -> SupportOffer:
    """Publish what there is and by which criteria, or change it.

    Raises NoCriterion, NothingOffered, ClosesAfterMeeting, CalledOff, AlreadyOver; CriteriaFixed once
    somebody has asked, LessThanGranted.
    """
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    if not weights:
        raise NoCriterion
    if given.nights + given.tickets < 1:
        raise NothingOffered
    if given.closes_on >= day_of(meeting.starts_at):
        raise ClosesAfterMeeting
    there = session.get(SupportOffer, meeting_id)
    if there is not None:
        _check_change(there, given, weights)
    else:
        there = SupportOffer(meeting_id=meeting_id)
        session.add(there)
    for name, value in asdict(given).items():
        setattr(there, name, value)
    there.explained = given.explained
    session.execute(delete(CriterionWeight).where(CriterionWeight.meeting_id == meeting_id))
    session.add_all(
        CriterionWeight(meeting_id=meeting_id, criterion=each, weight=weights[each])
        for each in SupportCriterion
        if each in weights
    )
    audit.record("support offered", meeting.reference, by=by, now=now)
    return there


def ask(receipt: str, wanted: Wanted, proofs: Sequence[files.File] = (), *, now: datetime) -> SupportRequest:
    """Ask for help with `receipt`; `proofs` are names and contents of files.

    Who has withdrawn asks anew, and comes in the order of asking anew. Raises NotFound, NoSupport, CalledOff,
    AlreadyOver, NotComing, SupportAlreadyAsked, SupportClosed, NoSupportAsked, MoreThanThereIs,
    TooManyProofs, a FileRefused.
    """
    offered, registration, request = _locked(receipt, now)
    if not registration.is_verified and registration.standing in LIVE:
        raise NotConfirmed
    if registration.state not in LIVE:
        raise NotComing
    if request and request.state != SupportState.WITHDRAWN:
        raise SupportAlreadyAsked
    if not offered.is_open(day_of(now)):
        raise SupportClosed(day=offered.closes_on)
    _check_wanted(wanted, offered)
    new = _new_proofs(registration.id, proofs, ())
    if request is None:
        request = SupportRequest(registration_id=registration.id, meeting_id=registration.meeting_id)
        session.add(request)
    request.state, request.requested_at = SupportState.REQUESTED, now
    _write(request, wanted)
    session.flush()
    _keep(new, request, now)
    note(request, now=now)
    return request


def change(
    receipt: str,
    wanted: Wanted,
    proofs: Sequence[files.File] = (),
    without: Collection[int] = (),
    *,
    now: datetime,
) -> SupportRequest:
    """Ask for something else with `receipt`, before it is decided and while others can ask; the turn stays.

    `proofs` are added, those with the ids `without` taken out. Once more changes nothing.

    Raises NotFound, NoSupport, CalledOff, AlreadyOver, NotComing, NothingToChange, DecidedAlready,
    ChangesClosed, NoSupportAsked, MoreThanThereIs, TooManyProofs.
    """
    offered, registration, request = _locked(receipt, now)
    if not registration.is_verified and registration.standing in LIVE:
        raise NotConfirmed
    if registration.state not in LIVE:
        raise NotComing
    if request is None or request.state == SupportState.WITHDRAWN:
        raise NothingToChange
    if request.state in DECIDED:
        raise DecidedAlready
    if not offered.is_open(day_of(now)):
        raise ChangesClosed(day=offered.closes_on)
    _check_wanted(wanted, offered)
    new = _new_proofs(registration.id, proofs, without)
    theirs = (SupportProof.registration_id == registration.id, SupportProof.id.in_(without))
    gone = session.execute(delete(SupportProof).where(*theirs).returning(SupportProof.id)).all()
    _keep(new, request, now)
    if _write(request, wanted) or gone or new:
        note(request, now=now)
    return request


def withdraw(receipt: str, *, now: datetime) -> SupportRequest:
    """Take back what was asked for with `receipt`, until it is decided: what was said for it, and its proofs,
    are erased. Once more changes nothing.

    Raises NotFound, NoSupport, CalledOff, AlreadyOver, NothingToChange, DecidedAlready.
    """
    _offered, _registration, request = _locked(receipt, now)
    if request is None:
        raise NothingToChange
    if request.state in DECIDED:
        raise DecidedAlready
    take_back(request, now=now)
    return request


def granted_of(meeting_id: int) -> Amount:
    """What is granted to those who come."""
    sums = (func.sum(SupportRequest.granted_nights), func.sum(SupportRequest.granted_tickets))
    granted = (
        SupportRequest.meeting_id == meeting_id,
        SupportRequest.state == SupportState.GRANTED,
        Registration.state.in_(TAKEN),
    )
    joined = select(*sums).join(Registration, Registration.id == SupportRequest.registration_id)
    nights, tickets = session.execute(joined.where(*granted)).one()
    return Amount(int(nights or 0), int(tickets or 0))


def sweep(now: datetime) -> int:
    """Erase the proofs of meetings that ended sixty days ago; how many. Commits. A chore."""
    over = select(Meeting.id).where(Meeting.ends_at <= now - KEPT)
    of_them = select(SupportRequest.registration_id).where(SupportRequest.meeting_id.in_(over))
    gone = delete(SupportProof).where(SupportProof.registration_id.in_(of_them)).returning(SupportProof.id)
    count = len(session.scalars(gone).all())
    session.commit()
    return count


def _check_change(there: SupportOffer, given: Help, weights: Mapping[SupportCriterion, int]) -> None:
    rows = session.scalars(select(CriterionWeight).where(CriterionWeight.meeting_id == there.meeting_id))
    changes = {each.criterion: each.weight for each in rows} != dict(weights)
    if changes or given.province_code != there.province_code:
        anyone = select(SupportRequest.registration_id).where(
            SupportRequest.meeting_id == there.meeting_id, SupportRequest.state != SupportState.WITHDRAWN
        )
        if session.scalar(anyone.limit(1)):
            raise CriteriaFixed
    granted = granted_of(there.meeting_id)
    if given.nights < granted.nights or given.tickets < granted.tickets:
        raise LessThanGranted(nights=granted.nights, tickets=granted.tickets)


def _check_wanted(wanted: Wanted, offered: SupportOffer) -> None:
    if wanted.nights + wanted.tickets < 1:
        raise NoSupportAsked
    if wanted.nights > offered.nights or wanted.tickets > offered.tickets:
        both = bool(offered.nights and offered.tickets)
        one = MoreNightsThanThereAre if offered.nights else MoreTicketsThanThereAre
        raise (MoreThanThereIs if both else one)(nights=offered.nights, tickets=offered.tickets)
    if session.get(Province, wanted.province_code) is None:
        raise NotFound


def _locked(receipt: str, now: datetime) -> tuple[SupportOffer, Registration, SupportRequest | None]:
    """What the meeting of this receipt offers, its registration, locked, and what it has asked for. Raises
    NotFound, NoSupport, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    offered = session.get(SupportOffer, meeting.id)
    if offered is None:
        raise NoSupport
    check_still_ahead(meeting, now)
    return offered, registration, session.get(SupportRequest, registration.id, populate_existing=True)


def _write(request: SupportRequest, wanted: Wanted) -> bool:
    """Whether that is something else than before."""
    values = {**asdict(wanted), "facts": dict.fromkeys(sorted(wanted.facts), True)}
    same = all(getattr(request, name) == value for name, value in values.items())
    for name, value in values.items():
        setattr(request, name, value)
    return not same


def _new_proofs(
    registration_id: int, proofs: Sequence[files.File], without: Collection[int]
) -> list[files.File]:
    """Those of these files that are not kept yet. Raises TooManyProofs."""
    if len(proofs) > MOST_PROOFS:
        raise TooManyProofs
    given = {each.content: each for each in proofs}
    theirs = (SupportProof.registration_id == registration_id, SupportProof.id.not_in(without))
    there = set(session.scalars(select(SupportProof.content).where(*theirs))) if given else set()
    new = [each for content, each in given.items() if content not in there]
    if new and len(there) + len(new) > MOST_PROOFS:
        raise TooManyProofs
    return new


def _keep(proofs: Sequence[files.File], request: SupportRequest, now: datetime) -> None:
    session.add_all(
        SupportProof(
            registration_id=request.registration_id,
            name=each.name,
            kind=each.kind,
            size=len(each.content),
            content=each.content,
            added_at=now,
        )
        for each in proofs
    )
