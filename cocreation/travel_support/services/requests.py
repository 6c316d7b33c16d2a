"""Help with transport and lodging: what a meeting offers, who asks for it, and what is decided.

All of it under the lock of the meeting, so that no more is granted than there is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.directory.models import Province
from cocreation.files import content as files_content
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead, lock_meeting
from cocreation.places import emails
from cocreation.places.models.registration import LIVE, Registration
from cocreation.places.services.locks import lock_registration
from cocreation.travel_support import refusals
from cocreation.travel_support.emails import TRAVEL_SUPPORT_ASKED
from cocreation.travel_support.models import (
    DECIDED,
    CriterionWeight,
    TravelSupportCriterion,
    TravelSupportOffer,
    TravelSupportProof,
    TravelSupportRequest,
    TravelSupportState,
)
from cocreation.travel_support.queries import granted_of
from cocreation.travel_support.services.history import note, take_back

MOST_PROOFS = 2
KEPT = timedelta(days=60)  # how long proofs stay after the meeting


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


def offer(
    meeting_id: int, given: Help, weights: Mapping[TravelSupportCriterion, int], *, by: int, now: datetime
) -> TravelSupportOffer:
    """Publish what there is and by which criteria, or change it.

    Raises NoCriterion, NothingOffered, ClosesAfterMeeting, CalledOff, AlreadyOver; CriteriaFixed once
    somebody has asked, LessThanGranted.
    """
    meeting = lock_meeting(meeting_id)
    check_still_ahead(meeting, now)
    if not weights:
        raise refusals.NoCriterion
    if given.nights + given.tickets < 1:
        raise refusals.NothingOffered
    if given.closes_on >= day_of(meeting.starts_at):
        raise refusals.ClosesAfterMeeting
    offered = session.get(TravelSupportOffer, meeting_id)
    if offered is not None:
        _check_change(offered, given, weights)
    else:
        offered = TravelSupportOffer(meeting_id=meeting_id)
        session.add(offered)
    for name, value in asdict(given).items():
        setattr(offered, name, value)
    offered.explained = given.explained
    session.execute(delete(CriterionWeight).where(CriterionWeight.meeting_id == meeting_id))
    session.add_all(
        CriterionWeight(meeting_id=meeting_id, criterion=criterion, weight=weights[criterion])
        for criterion in TravelSupportCriterion
        if criterion in weights
    )
    audit.record("support offered", meeting.reference, by=by, now=now)
    return offered


def ask(
    receipt: str, wanted: Wanted, proofs: Sequence[files_content.File] = (), *, now: datetime
) -> TravelSupportRequest:
    """Ask for help with `receipt`; `proofs` are names and contents of files.

    Who has withdrawn asks anew, and comes in the order of asking anew. Raises NotFound, NoTravelSupport,
    CalledOff, AlreadyOver, NotComing, TravelSupportAlreadyAsked, TravelSupportClosed, NoTravelSupportAsked,
    MoreThanThereIs, TooManyProofs, a FileRefused.
    """
    offered, registration, request = _locked(receipt, now)
    if not registration.is_verified and registration.standing in LIVE:
        raise refusals.NotConfirmed
    if registration.state not in LIVE:
        raise refusals.NotComing
    if request and request.state != TravelSupportState.WITHDRAWN:
        raise refusals.TravelSupportAlreadyAsked
    if not offered.is_open(day_of(now)):
        raise refusals.TravelSupportClosed(day=offered.closes_on)
    check_wanted(wanted, offered)
    new = _new_proofs(registration.id, proofs, ())
    request = begin(registration, request, wanted, now=now)
    _keep(new, request, now)
    acknowledge(registration, request, offered, now)
    return request


def begin(
    registration: Registration,
    earlier: TravelSupportRequest | None,
    wanted: Wanted,
    *,
    now: datetime,
    delegation_id: int | None = None,
) -> TravelSupportRequest:
    """A request of a registration, its meeting locked, in the place of one that was withdrawn; flushed."""
    request = earlier
    if request is None:
        request = TravelSupportRequest(registration_id=registration.id, meeting_id=registration.meeting_id)
        session.add(request)
    request.state, request.requested_at = TravelSupportState.REQUESTED, now
    request.delegation_id = delegation_id
    _write(request, wanted)
    session.flush()
    note(request, now=now)
    return request


def change(
    receipt: str,
    wanted: Wanted,
    proofs: Sequence[files_content.File] = (),
    without: Collection[int] = (),
    *,
    now: datetime,
) -> TravelSupportRequest:
    """Ask for something else with `receipt`, before it is decided and while others can ask; the turn stays.

    `proofs` are added, those with the ids `without` taken out. Once more changes nothing.

    Raises NotFound, NoTravelSupport, CalledOff, AlreadyOver, NotComing, NothingToChange, DecidedAlready,
    ChangesClosed, NoTravelSupportAsked, MoreThanThereIs, TooManyProofs.
    """
    offered, registration, request = _locked(receipt, now)
    if not registration.is_verified and registration.standing in LIVE:
        raise refusals.NotConfirmed
    if registration.state not in LIVE:
        raise refusals.NotComing
    if request is None or request.state == TravelSupportState.WITHDRAWN:
        raise refusals.NothingToChange
    if request.state in DECIDED:
        raise refusals.DecidedAlready
    if not offered.is_open(day_of(now)):
        raise refusals.ChangesClosed(day=offered.closes_on)
    check_wanted(wanted, offered)
    new = _new_proofs(registration.id, proofs, without)
    taken_out = (TravelSupportProof.registration_id == registration.id, TravelSupportProof.id.in_(without))
    gone = session.execute(
        delete(TravelSupportProof).where(*taken_out).returning(TravelSupportProof.id)
    ).all()
    _keep(new, request, now)
    if _write(request, wanted) or gone or new:
        note(request, now=now)
        acknowledge(registration, request, offered, now, again=True)
    return request


def acknowledge(
    registration: Registration,
    request: TravelSupportRequest,
    offered: TravelSupportOffer,
    now: datetime,
    *,
    again: bool = False,
) -> None:
    """Say by mail what was asked for, and until when it can be changed; where an association asked, that it
    did.
    """
    meeting = session.get_one(Meeting, registration.meeting_id)
    what = {"nights": request.nights, "tickets": request.tickets, "until": offered.closes_on.isoformat()}
    said = {"again": again, "by_association": request.delegation_id is not None and not again}
    emails.tell(registration, meeting, TRAVEL_SUPPORT_ASKED, now=now, at=now, **said, **what)


def withdraw(receipt: str, *, now: datetime) -> TravelSupportRequest:
    """Take back what was asked for with `receipt`, until it is decided: what was said for it, and its proofs,
    are erased. Once more changes nothing.

    Raises NotFound, NoTravelSupport, CalledOff, AlreadyOver, NothingToChange, DecidedAlready.
    """
    _offered, _registration, request = _locked(receipt, now)
    if request is None:
        raise refusals.NothingToChange
    if request.state in DECIDED:
        raise refusals.DecidedAlready
    take_back(request, now=now)
    return request


def sweep(now: datetime) -> int:
    """Erase the proofs of meetings that ended sixty days ago; how many. Commits. A chore."""
    over = select(Meeting.id).where(Meeting.ends_at <= now - KEPT)
    of_them = select(TravelSupportRequest.registration_id).where(TravelSupportRequest.meeting_id.in_(over))
    gone = (
        delete(TravelSupportProof)
        .where(TravelSupportProof.registration_id.in_(of_them))
        .returning(TravelSupportProof.id)
    )
    count = len(session.scalars(gone).all())
    session.commit()
    return count


def _check_change(
    offered: TravelSupportOffer, given: Help, weights: Mapping[TravelSupportCriterion, int]
) -> None:
    rows = session.scalars(select(CriterionWeight).where(CriterionWeight.meeting_id == offered.meeting_id))
    changes = {row.criterion: row.weight for row in rows} != dict(weights)
    if changes or given.province_code != offered.province_code:
        anyone = select(TravelSupportRequest.registration_id).where(
            TravelSupportRequest.meeting_id == offered.meeting_id,
            TravelSupportRequest.state != TravelSupportState.WITHDRAWN,
        )
        if session.scalar(anyone.limit(1)):
            raise refusals.CriteriaFixed
    granted = granted_of(offered.meeting_id)
    if given.nights < granted.nights or given.tickets < granted.tickets:
        raise refusals.LessThanGranted(nights=granted.nights, tickets=granted.tickets)


def check_wanted(wanted: Wanted, offered: TravelSupportOffer) -> None:
    if wanted.nights + wanted.tickets < 1:
        raise refusals.NoTravelSupportAsked
    if wanted.nights > offered.nights or wanted.tickets > offered.tickets:
        both = bool(offered.nights and offered.tickets)
        refusal = refusals.MoreNightsThanThereAre if offered.nights else refusals.MoreTicketsThanThereAre
        raise (refusals.MoreThanThereIs if both else refusal)(nights=offered.nights, tickets=offered.tickets)
    if session.get(Province, wanted.province_code) is None:
        raise NotFound


def _locked(
    receipt: str, now: datetime
) -> tuple[TravelSupportOffer, Registration, TravelSupportRequest | None]:
    """What the meeting of this receipt offers, its registration, locked, and what it has asked for. Raises
    NotFound, NoTravelSupport, CalledOff, AlreadyOver.
    """
    meeting, registration = lock_registration(receipt)
    offered = session.get(TravelSupportOffer, meeting.id)
    if offered is None:
        raise refusals.NoTravelSupport
    check_still_ahead(meeting, now)
    return offered, registration, session.get(TravelSupportRequest, registration.id, populate_existing=True)


def _write(request: TravelSupportRequest, wanted: Wanted) -> bool:
    """Whether that is something else than before."""
    values = {**asdict(wanted), "facts": dict.fromkeys(sorted(wanted.facts), True)}
    same = all(getattr(request, name) == value for name, value in values.items())
    for name, value in values.items():
        setattr(request, name, value)
    return not same


def _new_proofs(
    registration_id: int, proofs: Sequence[files_content.File], without: Collection[int]
) -> list[files_content.File]:
    """Those of these files that are not kept yet. Raises TooManyProofs."""
    if len(proofs) > MOST_PROOFS:
        raise refusals.TooManyProofs
    given = {proof.content: proof for proof in proofs}
    kept = (TravelSupportProof.registration_id == registration_id, TravelSupportProof.id.not_in(without))
    contents = set(session.scalars(select(TravelSupportProof.content).where(*kept))) if given else set()
    new = [proof for content, proof in given.items() if content not in contents]
    if new and len(contents) + len(new) > MOST_PROOFS:
        raise refusals.TooManyProofs
    return new


def _keep(proofs: Sequence[files_content.File], request: TravelSupportRequest, now: datetime) -> None:
    session.add_all(
        TravelSupportProof(
            registration_id=request.registration_id,
            name=proof.name,
            kind=proof.kind,
            size=len(proof.content),
            content=proof.content,
            added_at=now,
        )
        for proof in proofs
    )
