"""One registration: by its receipt, and by the link of its mail."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.core.database import found, session
from cocreation.core.secrets import digest, read_receipt
from cocreation.cycles.models import Cycle
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.confirmation import AddressLink
from cocreation.places.models.registration import Registration, RegistrationState

# Who is registered in truth, not only on the page of a receipt.
STANDS = Registration.state != RegistrationState.REPEATED
# What somebody said and what happened to them.
SAID = (
    joinedload(Registration.needs),
    joinedload(Registration.wishes),
    selectinload(Registration.replies),
    selectinload(Registration.moves),
)


def get_registration(receipt: str, *options: ORMOption) -> Registration:
    """A registration by its receipt as somebody typed it, with all that its page shows and what `options`
    load. Raises NotFound.
    """
    registrations = select(Registration).where(Registration.receipt == read_receipt(receipt))
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    shown = (
        meeting,
        joinedload(Registration.meeting).selectinload(Meeting.workshops),
        joinedload(Registration.workshop),
        joinedload(Registration.enterer),
        joinedload(Registration.delegation),
        *SAID,
    )
    return found(session.scalars(registrations.options(*shown, *options)).unique().one_or_none())


def to_confirm(token: str) -> Registration:
    """The registration whose address the link of a mail confirms, with its meeting. Raises NotFound."""
    link = select(AddressLink.registration_id).where(AddressLink.digest == digest(token))
    registrations = select(Registration).where(Registration.id.in_(link), STANDS)
    meeting = joinedload(Registration.meeting).joinedload(Meeting.cycle).selectinload(Cycle.phases)
    return found(session.scalar(registrations.options(meeting)))
