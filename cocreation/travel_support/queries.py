"""What the pages about help with transport and lodging show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core import suppression
from cocreation.core.database import found, session
from cocreation.core.paging import BadCursor, Page
from cocreation.core.suppression import Figure
from cocreation.directory.models import Province
from cocreation.meetings.models.meeting import Meeting, meeting_regions
from cocreation.places.models.registration import LIVE, Registration
from cocreation.registration.queries import get_registration
from cocreation.travel_support import ranking
from cocreation.travel_support.models import (
    DECIDED,
    CriterionWeight,
    SupportCriterion,
    SupportOffer,
    SupportProof,
    SupportRequest,
    SupportState,
)
from cocreation.travel_support.services.requests import Amount

SIZE = 50  # requests on a page


@dataclass(frozen=True)
class Entry:
    """A request on the desk, with its arithmetic and which in the proposed order it is."""

    request: SupportRequest
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


def offer_of(meeting: Meeting) -> SupportOffer | None:
    """What a meeting offers, if anything. Needs it loaded (`with_offer`)."""
    offer: SupportOffer | None = meeting.support  # type: ignore[attr-defined]
    return offer


def registration_with_offer(receipt: str) -> Registration:
    """A registration by its receipt, with the offer of its meeting. Raises NotFound."""
    offer = joinedload(Registration.meeting).joinedload(Meeting.support)  # type: ignore[attr-defined]
    return get_registration(receipt, offer)


def public_offer(reference: str) -> SupportOffer:
    """What an announced meeting offers, with the meeting and the province of its venue. Raises NotFound."""
    offers = select(SupportOffer).join(SupportOffer.meeting)
    announced = offers.where(Meeting.reference == reference, Meeting.announced_at.is_not(None))
    options = (joinedload(SupportOffer.meeting), joinedload(SupportOffer.province))
    return found(session.scalar(announced.options(*options)))


def weights(meeting_id: int) -> dict[SupportCriterion, int]:
    """How much each criterion of a meeting weighs, in the order of `SupportCriterion`."""
    rows = session.execute(
        select(CriterionWeight.criterion, CriterionWeight.weight).where(
            CriterionWeight.meeting_id == meeting_id
        )
    )
    weighed = {SupportCriterion(criterion): weight for criterion, weight in rows}
    return {criterion: weighed[criterion] for criterion in SupportCriterion if criterion in weighed}


def by_province(meeting_id: int) -> tuple[int, int, list[Line]]:
    """(requests, grants, both by province): small counts hidden, as in the statistics.

    What was granted is counted for the public once everything is decided; until then each decision would
    tell of one person.
    """
    granted = func.sum(case((SupportRequest.state == SupportState.GRANTED, 1), else_=0))
    open_ = func.sum(case((SupportRequest.state == SupportState.REQUESTED, 1), else_=0))
    rows: list[Any] = list(
        session.execute(
            select(Province, func.count(SupportRequest.registration_id), granted, open_)
            .join(SupportRequest, SupportRequest.province_code == Province.code)
            .where(SupportRequest.meeting_id == meeting_id, SupportRequest.state != SupportState.WITHDRAWN)
            .group_by(Province.code)
            .order_by(Province.code)
        )
    )
    asked = {province.code: count for province, count, _granted, _open in rows}
    given = {province.code: int(count) for province, _asked, count, _open in rows}
    decided = not any(row[3] for row in rows)
    # Grants are part of the requests; until all is decided there is nothing beside these to work out.
    shown = suppression.shown_parts(asked, given if decided else asked)
    lines = [Line(it[0], shown[it[0].code][0], shown[it[0].code][1] if decided else None) for it in rows]
    return sum(asked.values()), sum(given.values()), lines


def of_registration(registration: Registration) -> SupportRequest | None:
    """What somebody has asked for, with its province and its history."""
    asked = select(SupportRequest).where(SupportRequest.registration_id == registration.id)
    options = (joinedload(SupportRequest.province), selectinload(SupportRequest.moves))
    return session.scalar(asked.options(*options).execution_options(populate_existing=True))


def provinces(near: int | None = None) -> list[Province]:
    """All provinces in the order of their codes, those of the regions of the meeting `near` first."""
    regions = select(meeting_regions.c.region_code).where(meeting_regions.c.meeting_id == near)
    first = case((Province.region_code.in_(regions), 0), else_=1)
    return list(session.scalars(select(Province).order_by(first, Province.code)))


def counts(meeting_id: int) -> dict[SupportState, int]:
    """How many requests of those who still come are in each state, those withdrawn left out."""
    rows = session.execute(
        select(SupportRequest.state, func.count())
        .join(SupportRequest.registration)
        .where(SupportRequest.meeting_id == meeting_id, Registration.state.in_(LIVE))
        .group_by(SupportRequest.state)
    )
    counted = {SupportState(state): count for state, count in rows}
    return {state: counted.get(state, 0) for state in (SupportState.REQUESTED, *DECIDED)}


def ranked(offer: SupportOffer, left: Amount, state: SupportState) -> list[ranking.Ranked]:
    """The requests in `state` of those who still come, in the proposed order."""
    columns = (
        SupportRequest.registration_id,
        SupportRequest.province_code,
        SupportRequest.facts,
        SupportRequest.nights,
        SupportRequest.tickets,
        SupportRequest.requested_at,
    )
    of_meeting = (
        select(*columns)
        .join(SupportRequest.registration)
        .where(
            SupportRequest.meeting_id == offer.meeting_id,
            SupportRequest.state == state,
            Registration.state.in_(LIVE),
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


def entry(offer: SupportOffer, number: int) -> Entry:
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


def proofs(number: int) -> list[SupportProof]:
    """The files of a request, without their contents."""
    of_request = select(SupportProof).where(SupportProof.registration_id == number)
    return list(session.scalars(of_request.order_by(SupportProof.id)))


def get_proof(meeting: Meeting, number: int, proof_id: int) -> SupportProof:
    """A file with its content, of a request of this meeting. Raises NotFound."""
    of_request = select(SupportRequest.registration_id).where(
        SupportRequest.meeting_id == meeting.id, SupportRequest.registration_id == number
    )
    statement = select(SupportProof).where(
        SupportProof.id == proof_id, SupportProof.registration_id.in_(of_request)
    )
    return found(session.scalar(statement.options(undefer(SupportProof.content))))


def granted(meeting: Meeting) -> Iterator[SupportRequest]:
    """What was granted to those who still come, in the order of their names, for the partner who pays."""
    of_meeting = (
        select(SupportRequest)
        .join(SupportRequest.registration)
        .where(
            SupportRequest.meeting_id == meeting.id,
            SupportRequest.state == SupportState.GRANTED,
            Registration.state.in_(LIVE),
        )
        .order_by(Registration.folded, Registration.id)
    )
    options = (joinedload(SupportRequest.registration), joinedload(SupportRequest.province))
    yield from session.scalars(of_meeting.options(*options))


def _requests(numbers: Collection[int]) -> Mapping[int, SupportRequest]:
    those = select(SupportRequest).where(SupportRequest.registration_id.in_(numbers))
    options = (joinedload(SupportRequest.registration), joinedload(SupportRequest.province))
    those = those.options(selectinload(SupportRequest.moves))
    return {request.registration_id: request for request in session.scalars(those.options(*options))}


def _true(facts: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in facts.items() if value)
