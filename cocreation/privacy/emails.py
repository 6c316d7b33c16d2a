"""Mails of erasing: to who reached an association through somebody, and the link that erases everything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import clock, outbox, secrets
from cocreation.core.database import session
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency
from cocreation.meetings.models.meeting import Meeting

CONTACT_GONE = MailKind("privacy/contact_gone", sample=lambda: {"association": "ADJ", "meeting": "OR1"})
EVERYTHING = MailKind("privacy/everything", sample=lambda: {"token": SAMPLE_RECEIPT}, urgency=Urgency.AWAITED)

MAILS = (
    CONTACT_GONE,
    EVERYTHING,
)


def tell_contacts_gone(contacts: Iterable[tuple[str, int | None]], *, now: datetime) -> None:
    """Tell the coordinators of a meeting still to come, else the secretariat, that an association has no
    contact any more. Who it was is not said.
    """
    for association, meeting_id in sorted(contacts, key=str):
        meeting = session.get(Meeting, meeting_id) if meeting_id else None
        if meeting and meeting.is_over(now):
            continue
        people = _holders(Role.COORDINATOR, meeting.id) if meeting else []
        for person in people or _holders(Role.SECRETARIAT, None):
            outbox.post(
                CONTACT_GONE,
                to=person.email,
                language=person.language,
                key=f"contact gone:{person.id}:{secrets.digest(association)}:{meeting_id}:{now.isoformat()}",
                association=association,
                meeting=meeting.reference if meeting else None,
            )


def send_link(to: str, language: str, token: str, *, now: datetime) -> None:
    """The link by which all that is under the address `to` is erased; once a day."""
    outbox.post(
        EVERYTHING,
        to=to,
        language=language,
        key=f"everything:{secrets.digest(to)}:{clock.day_of(now)}",
        token=token,
    )


def _holders(role: Role, scope_id: int | None) -> list[Person]:
    holders = select(Person).join(Grant).where(Grant.role == role, Person.disabled_at.is_(None))
    if scope_id is not None:
        holders = holders.where(Grant.scope_id == scope_id)
    return list(session.scalars(holders.order_by(Person.id)))
