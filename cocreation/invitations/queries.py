"""What the pages about invitations show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.core.secrets import read_receipt
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Commune, Institution, Province, Region
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import Meeting

Area = TypeVar("Area", Province, Commune)
Counts = dict[Invited, dict[InvitationState, int]]


@dataclass(frozen=True)
class Picker:
    """Whom one can pick: the councils of the meeting's regions, the communes of one province, and the
    consultative bodies of the directory."""

    regions: list[Region]
    provinces: list[Province]
    communes: list[Commune]
    bodies: list[Institution]
    invited: set[str]


def counts(meeting_id: int) -> Counts:
    """How many invitations there are, by kind and state; kinds of which there is none are left out."""
    rows = session.execute(
        select(MeetingInvitation.kind, MeetingInvitation.state, func.count())
        .where(MeetingInvitation.meeting_id == meeting_id)
        .group_by(MeetingInvitation.kind, MeetingInvitation.state)
    )
    counted: Counts = {}
    for kind, state, count in rows:
        counted.setdefault(Invited(kind), {})[InvitationState(state)] = count
    return {kind: counted[kind] for kind in Invited if kind in counted}


def count_reachable(meeting_id: int) -> dict[InvitationState, int]:
    """How many invitations have an address to write to, by state."""
    rows = session.execute(
        select(MeetingInvitation.state, func.count())
        .where(MeetingInvitation.meeting_id == meeting_id, MeetingInvitation.email.is_not(None))
        .group_by(MeetingInvitation.state)
    )
    return {InvitationState(state): count for state, count in rows}


def invitations(
    meeting: Meeting, state: InvitationState | None, cursor: str | None
) -> Page[MeetingInvitation]:
    """The invitations of a meeting, in one state or all, as they were made."""
    of_meeting = select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
    if state is not None:
        of_meeting = of_meeting.where(MeetingInvitation.state == state)
    return page(of_meeting, MeetingInvitation.id, cursor=cursor, size=50, descending=False)


def get(meeting: Meeting, invitation_id: int) -> MeetingInvitation:
    """One invitation of a meeting. Raises NotFound."""
    statement = select(MeetingInvitation).where(
        MeetingInvitation.meeting_id == meeting.id, MeetingInvitation.id == invitation_id
    )
    return found(session.scalar(statement))


def by_receipt(receipt: str) -> MeetingInvitation:
    """An invitation that was sent or printed, by its secret as somebody typed it, with its meeting. Raises
    NotFound.
    """
    hidden = (InvitationState.PROPOSED, InvitationState.REFUSED)
    statement = select(MeetingInvitation).where(
        MeetingInvitation.receipt == read_receipt(receipt), MeetingInvitation.state.not_in(hidden)
    )
    meeting = joinedload(MeetingInvitation.meeting)
    calendar = meeting.joinedload(Meeting.cycle).selectinload(Cycle.phases)
    return found(session.scalar(statement.options(calendar)))


def picker(meeting: Meeting, province: str | None) -> Picker:
    """The councils of a meeting's regions, and the consultative bodies. Needs its regions; `province` is
    the code of one of theirs.
    """
    codes = [region.code for region in meeting.regions]
    provinces: list[Province] = _ordered(Province, Province.region_code.in_(codes))
    chosen = province if province in {listed.code for listed in provinces} else None
    communes: list[Commune] = _ordered(Commune, Commune.province_code == chosen) if chosen else []
    taken = session.execute(
        select(MeetingInvitation.kind, MeetingInvitation.listed_as).where(
            MeetingInvitation.meeting_id == meeting.id, MeetingInvitation.listed_as.is_not(None)
        )
    )
    invited = {f"{Invited(kind).value} {code}" for kind, code in taken}
    bodies = select(Institution).where(Institution.is_consultative).order_by(Institution.slug)
    return Picker(list(meeting.regions), provinces, communes, list(session.scalars(bodies)), invited)


def _ordered(model: type[Area], condition: ColumnElement[bool]) -> list[Area]:
    return list(session.scalars(select(model).where(condition).order_by(model.code)))
