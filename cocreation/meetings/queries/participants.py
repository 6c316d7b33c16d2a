"""Those who come: one registration, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.core.secrets import read_receipt
from cocreation.core.text import fold
from cocreation.cycles.models import Cycle
from cocreation.meetings.models import Meeting, Registration, RegistrationState


def get_registration(receipt: str) -> Registration:
    """A registration by its receipt as somebody typed it, with its meeting. Raises NotFound."""
    known = select(Registration).where(Registration.receipt == read_receipt(receipt))
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    options = (meeting, joinedload(Registration.workshop), selectinload(Registration.moves))
    return found(session.scalar(known.options(*options)))


def participants(
    meeting: Meeting, typed: str = "", state: RegistrationState | None = None, cursor: str | None = None
) -> Page[Registration]:
    """The registrations of a meeting as they came, narrowed by words of a name, address or association."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id)
    for word in fold(typed).split():
        theirs = theirs.where(Registration.folded.contains(word, autoescape=True))
    if state is not None:
        theirs = theirs.where(Registration.state == state)
    theirs = theirs.options(joinedload(Registration.workshop))
    return page(theirs, Registration.id, cursor=cursor, size=50, descending=False)


def get_participant(meeting: Meeting, number: int) -> Registration:
    """One registration of a meeting by its id, with its history and who wrote it in. Raises NotFound."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id, Registration.id == number)
    options = (
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        selectinload(Registration.moves),
    )
    return found(session.scalar(theirs.options(*options)))


def all_participants(meeting: Meeting) -> Iterator[Registration]:
    """Every registration of a meeting as they came, for its export; age and gender are not among it."""
    theirs = select(Registration).where(Registration.meeting_id == meeting.id).order_by(Registration.id)
    yield from session.scalars(
        theirs.options(joinedload(Registration.workshop)).execution_options(yield_per=500)
    )
