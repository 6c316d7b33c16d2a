"""How many places are taken and left, for the organisers and for the public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, and_, case, func, select, type_coerce, union_all

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import TAKEN, EntryChannel, Registration, RegistrationState

COUNTED = timedelta(days=1)  # how long somebody counts who was registered already


@dataclass(frozen=True)
class TakenPlaces:
    """How many places of a meeting are taken or held for somebody, and how many people wait for one."""

    taken: int = 0
    waiting: int = 0


def room(meetings: Collection[Meeting], now: datetime | None = None) -> dict[int, TakenPlaces]:
    """The room of each of `meetings` that somebody registered for, by its id; with `now` as the public counts
    it (`public_counts`).
    """
    if not meetings:
        return {}
    ids = [meeting.id for meeting in meetings]
    state: ColumnElement[RegistrationState] = type_coerce(Registration.state, Registration.state.type)
    if now is not None:
        state = case((_shown(ids, now), Registration.shown_as), else_=Registration.state)
    in_line = and_(state == RegistrationState.WAITING, Registration.address_confirmed_at.is_not(None))
    statement = select(
        Registration.meeting_id, func.count().filter(state.in_(TAKEN)), func.count().filter(in_line)
    )
    of_them = statement.where(Registration.meeting_id.in_(ids))
    rows = session.execute(of_them.group_by(Registration.meeting_id))
    return {meeting_id: TakenPlaces(taken, waiting) for meeting_id, taken, waiting in rows}


def counts(meeting: Meeting) -> Counter[RegistrationState]:
    """How many registrations of `meeting` are in each state, read from the index alone."""
    counted = select(Registration.state, func.count()).where(Registration.meeting_id == meeting.id)
    return Counter(dict(iter(session.execute(counted.group_by(Registration.state)))))


def public_counts(meeting: Meeting, now: datetime) -> Counter[RegistrationState]:
    """The same for the public: who sent the form with an address that was registered already counts, for as
    long as a place is held, as what their receipt shows them, so that no count tells of an address. On the
    waiting list are those who have a turn: who confirmed.
    """
    in_line = Registration.address_confirmed_at.is_not(None)
    counted = (
        select(Registration.state, func.count())
        .where(Registration.meeting_id == meeting.id, Registration.state != RegistrationState.REPEATED)
        .where((Registration.state != RegistrationState.WAITING) | in_line)
        .group_by(Registration.state)
    )
    shown = (
        select(Registration.shown_as, func.count())
        .where(_shown([meeting.id], now))
        .where((Registration.shown_as != RegistrationState.WAITING) | in_line)
        .group_by(Registration.shown_as)
    )
    total: Counter[RegistrationState] = Counter()
    both: CompoundSelect[RegistrationState, int] = union_all(counted, shown)
    for state, count in session.execute(both):
        total[RegistrationState(state)] += count
    return total


def left(meeting: Meeting, counted: Counter[RegistrationState]) -> int:
    """How many places nobody has and none is held for, as `counts` counted them."""
    return max(0, meeting.places - sum(counted[state] for state in TAKEN))


def _shown(meetings: Collection[int], now: datetime) -> ColumnElement[bool]:
    """The rows of these meetings that stand for nothing and are counted as long as a place is held; for a
    delegate it is held until somebody needs it.
    """
    is_recent = and_(
        Registration.yields_at.is_(None) | (Registration.yields_at > now),
        Registration.registered_at > now - COUNTED,
    )
    return and_(
        Registration.meeting_id.in_(meetings),
        Registration.state == RegistrationState.REPEATED,
        is_recent
        | and_(
            Registration.entry == EntryChannel.DELEGATION,
            Registration.shown_as == RegistrationState.OFFERED,
        ),
    )
