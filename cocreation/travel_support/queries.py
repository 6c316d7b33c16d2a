"""What the pages about help with transport and lodging show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core.database import found, session
from cocreation.core.paging import BadCursor, Page
from cocreation.demographics import suppression
from cocreation.demographics.suppression import Figure
from cocreation.directory.models import Province
from cocreation.meetings.models.meeting import Meeting, meeting_regions
from cocreation.places.models.registration import LIVE, TAKEN, Registration
from cocreation.registration.queries import get_registration
from cocreation.travel_support import ranking
from cocreation.travel_support.models import (
    DECIDED,
    Amount,
    CriterionWeight,
    TravelSupportCriterion,
    TravelSupportOffer,
    TravelSupportProof,
    TravelSupportRequest,
    TravelSupportState,
)

SIZE = 50  # requests on a page
# What an association has asked for somebody is decided once that person has answered.
CAN_BE_DECIDED = TravelSupportRequest.delegation_id.is_(None) | Registration.address_confirmed_at.is_not(None)


@dataclass(frozen=True)
class Entry:
    """A request on the desk, with its arithmetic and which in the proposed order it is."""

    request: TravelSupportRequest
    ranked: ranking.Ranked
    turn: int | None


@dataclass(frozen=True)
class Line:
    """What is told of one province: requests, and grants once they are all decided."""

    province: Province
    requests: Figure
    grants: Figure | None


def with_offer() -> ORMOption:
    """Loads the offer of a meeting with it, for `offer_of`; the rooms below know of no offers."""
    return joinedload(Meeting.support)  # type: ignore[attr-defined]


def offer_of(meeting: Meeting) -> TravelSupportOffer | None:
    """What a meeting offers, if anything. Needs it loaded (`with_offer`)."""
    offer: TravelSupportOffer | None = meeting.support  # type: ignore[attr-defined]
    return offer


def registration_with_offer(receipt: str) -> Registration:
    """A registration by its receipt, with the offer of its meeting. Raises NotFound."""
    offer = joinedload(Registration.meeting).joinedload(Meeting.support)  # type: ignore[attr-defined]
    return get_registration(receipt, offer)


def public_offer(reference: str) -> TravelSupportOffer:
    """What an announced meeting offers, with the meeting and the province of its venue. Raises NotFound."""
    offers = select(TravelSupportOffer).join(TravelSupportOffer.meeting)
    announced = offers.where(Meeting.reference == reference, Meeting.announced_at.is_not(None))
    options = (joinedload(TravelSupportOffer.meeting), joinedload(TravelSupportOffer.province))
    return found(session.scalar(announced.options(*options)))


def weights(meeting_id: int) -> dict[TravelSupportCriterion, int]:
    """How much each criterion of a meeting weighs, in the order of `TravelSupportCriterion`."""
    rows = session.execute(
        select(CriterionWeight.criterion, CriterionWeight.weight).where(
            CriterionWeight.meeting_id == meeting_id
        )
    )
    weighed = {TravelSupportCriterion(criterion): weight for criterion, weight in rows}
    return {criterion: weighed[criterion] for criterion in TravelSupportCriterion if criterion in weighed}


def by_province(meeting_id: int) -> tuple[int, int, list[Line]]:
    """(requests, grants, both by province): small counts hidden, as in the statistics.

    What was granted is counted for the public once everything is decided; until then each decision would
    tell of one person.
    """
    granted = func.sum(case((TravelSupportRequest.state == TravelSupportState.GRANTED, 1), else_=0))
    open_ = func.sum(case((TravelSupportRequest.state == TravelSupportState.REQUESTED, 1), else_=0))
    rows = session.execute(
        select(Province, func.count(TravelSupportRequest.registration_id), granted, open_)
        .join(TravelSupportRequest, TravelSupportRequest.province_code == Province.code)
        .join(TravelSupportRequest.registration)
        .where(
            CAN_BE_DECIDED,
            TravelSupportRequest.meeting_id == meeting_id,
            TravelSupportRequest.state != TravelSupportState.WITHDRAWN,
        )
        .group_by(Province.code)
        .order_by(Province.code)
    ).all()
    asked = {province.code: count for province, count, _granted, _open in rows}
    given = {province.code: int(count) for province, _asked, count, _open in rows}
    decided = not any(row[3] for row in rows)
    # Grants are part of the requests; until all is decided there is nothing beside these to work out.
    shown = suppression.shown_parts(asked, given if decided else asked)
    lines = [Line(it[0], shown[it[0].code][0], shown[it[0].code][1] if decided else None) for it in rows]
    return sum(asked.values()), sum(given.values()), lines


def of_registration(registration: Registration) -> TravelSupportRequest | None:
    """What somebody has asked for, with its province and its history."""
    asked = select(TravelSupportRequest).where(TravelSupportRequest.registration_id == registration.id)
    options = (joinedload(TravelSupportRequest.province), selectinload(TravelSupportRequest.moves))
    return session.scalar(asked.options(*options).execution_options(populate_existing=True))


def provinces(near: int | None = None) -> list[Province]:
    """All provinces in the order of their codes, those of the regions of the meeting `near` first."""
    regions = select(meeting_regions.c.region_code).where(meeting_regions.c.meeting_id == near)
    first = case((Province.region_code.in_(regions), 0), else_=1)
    return list(session.scalars(select(Province).order_by(first, Province.code)))


def counts(meeting_id: int) -> dict[TravelSupportState, int]:
    """How many requests of those who still come are in each state, those withdrawn left out."""
    rows = session.execute(
        select(TravelSupportRequest.state, func.count())
        .join(TravelSupportRequest.registration)
        .where(TravelSupportRequest.meeting_id == meeting_id, Registration.state.in_(LIVE), CAN_BE_DECIDED)
        .group_by(TravelSupportRequest.state)
    )
    counted = {TravelSupportState(state): count for state, count in rows}
    return {state: counted.get(state, 0) for state in (TravelSupportState.REQUESTED, *DECIDED)}


def granted_of(meeting_id: int) -> Amount:
    """What is granted to those who come."""
    sums = (func.sum(TravelSupportRequest.granted_nights), func.sum(TravelSupportRequest.granted_tickets))
    granted = (
        TravelSupportRequest.meeting_id == meeting_id,
        TravelSupportRequest.state == TravelSupportState.GRANTED,
        Registration.state.in_(TAKEN),
    )
    joined = select(*sums).join(Registration, Registration.id == TravelSupportRequest.registration_id)
    nights, tickets = session.execute(joined.where(*granted)).one()
    return Amount(int(nights or 0), int(tickets or 0))


def left_of(meeting_id: int) -> Amount:
    """What is left of the budget: what was granted to somebody who does not come any more is free again."""
    offered = session.get_one(TravelSupportOffer, meeting_id)
    granted = granted_of(meeting_id)
    return Amount(offered.nights - granted.nights, offered.tickets - granted.tickets)


def ranked(offer: TravelSupportOffer, left: Amount, state: TravelSupportState) -> list[ranking.Ranked]:
    """The requests in `state` of those who still come, in the proposed order."""
    columns = (
        TravelSupportRequest.registration_id,
        TravelSupportRequest.province_code,
        TravelSupportRequest.facts,
        TravelSupportRequest.nights,
        TravelSupportRequest.tickets,
        TravelSupportRequest.requested_at,
    )
    of_meeting = (
        select(*columns)
        .join(TravelSupportRequest.registration)
        .where(
            TravelSupportRequest.meeting_id == offer.meeting_id,
            TravelSupportRequest.state == state,
            Registration.state.in_(LIVE),
            CAN_BE_DECIDED,
        )
    )
    asked = [
        ranking.Asked(number, code, _true(facts), nights, tickets, at)
        for number, code, facts, nights, tickets, at in session.execute(of_meeting)
    ]
    return ranking.rank(
        asked, weights(offer.meeting_id), offer.province_code, nights=left.nights, tickets=left.tickets
    )


def page_of(ordered: list[ranking.Ranked], cursor: str | None) -> Page[Entry]:
    """Some of the proposed order, from `cursor` (a place in it) on. Raises BadCursor for no place."""
    if cursor and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise BadCursor
    start = int(cursor or 0)
    part = ordered[start : start + SIZE]
    rows = _requests([ranked_request.asked.number for ranked_request in part])
    return Page(
        [
            Entry(rows[ranked_request.asked.number], ranked_request, turn)
            for turn, ranked_request in enumerate(part, start + 1)
            if ranked_request.asked.number in rows
        ],
        str(start + SIZE) if start + SIZE < len(ordered) else None,
        str(max(0, start - SIZE)) if start else None,
    )


def entry(offer: TravelSupportOffer, number: int) -> Entry:
    """One request of a meeting by the number of its registration. Raises NotFound."""
    request = _requests([number]).get(number)
    request = found(request if request and request.meeting_id == offer.meeting_id else None)
    asked = ranking.Asked(
        number,
        request.province_code,
        _true(request.facts),
        request.nights,
        request.tickets,
        request.requested_at,
    )
    parts = ranking.parts(asked, weights(offer.meeting_id), offer.province_code)
    km = ranking.distance(request.province_code, offer.province_code)
    return Entry(request, ranking.Ranked(asked, km, parts, True), None)


def asked_with(request: TravelSupportRequest) -> list[TravelSupportRequest]:
    """The other requests of people who answered that the same association asked for with this one."""
    others = (
        select(TravelSupportRequest)
        .join(TravelSupportRequest.registration)
        .where(
            TravelSupportRequest.delegation_id == request.delegation_id,
            TravelSupportRequest.registration_id != request.registration_id,
            TravelSupportRequest.state != TravelSupportState.WITHDRAWN,
            Registration.state.in_(LIVE),
            CAN_BE_DECIDED,
        )
    )
    others = others.options(joinedload(TravelSupportRequest.registration)).order_by(Registration.id)
    return list(session.scalars(others)) if request.delegation_id else []


def of_people(people: Collection[Registration]) -> Mapping[int, TravelSupportRequest]:
    """What has been asked for these people, by the numbers of their registrations."""
    those = select(TravelSupportRequest).where(
        TravelSupportRequest.registration_id.in_([person.id for person in people])
    )
    return {request.registration_id: request for request in session.scalars(those)}


def proofs(number: int) -> list[TravelSupportProof]:
    """The files of a request, without their contents."""
    of_request = select(TravelSupportProof).where(TravelSupportProof.registration_id == number)
    return list(session.scalars(of_request.order_by(TravelSupportProof.id)))


def get_proof(meeting: Meeting, number: int, proof_id: int) -> TravelSupportProof:
    """A file with its content, of a request of this meeting. Raises NotFound."""
    of_request = select(TravelSupportRequest.registration_id).where(
        TravelSupportRequest.meeting_id == meeting.id, TravelSupportRequest.registration_id == number
    )
    statement = select(TravelSupportProof).where(
        TravelSupportProof.id == proof_id, TravelSupportProof.registration_id.in_(of_request)
    )
    return found(session.scalar(statement.options(undefer(TravelSupportProof.content))))


def granted(meeting: Meeting) -> Iterator[TravelSupportRequest]:
    """What was granted to those who still come, in the order of their names, for the partner who pays."""
    of_meeting = (
        select(TravelSupportRequest)
        .join(TravelSupportRequest.registration)
        .where(
            TravelSupportRequest.meeting_id == meeting.id,
            TravelSupportRequest.state == TravelSupportState.GRANTED,
            Registration.state.in_(LIVE),
        )
        .order_by(Registration.folded, Registration.id)
    )
    options = (joinedload(TravelSupportRequest.registration), joinedload(TravelSupportRequest.province))
    yield from session.scalars(of_meeting.options(*options))


def _requests(numbers: Collection[int]) -> Mapping[int, TravelSupportRequest]:
    those = select(TravelSupportRequest).where(TravelSupportRequest.registration_id.in_(numbers))
    options = (joinedload(TravelSupportRequest.registration), joinedload(TravelSupportRequest.province))
    those = those.options(
        selectinload(TravelSupportRequest.moves), joinedload(TravelSupportRequest.delegation)
    )
    return {request.registration_id: request for request in session.scalars(those.options(*options))}


def _true(facts: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in facts.items() if value)
