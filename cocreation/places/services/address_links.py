"""The secret links by which an address is confirmed; the mails carry them, the database their digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from cocreation.core import secrets
from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.places.models.confirmation import AddressLink
from cocreation.places.models.registration import EntryChannel, Registration

MOST = 5  # mails that ask one address to confirm, reminders apart
MOST_A_DAY = 3


def way_to_confirm(registration: Registration, *, now: datetime) -> dict[str, object]:
    """What a mail says of how its reader confirms: `token`, a new link; "" for a delegate, whose receipt is
    known from their mail alone and confirms by itself.
    """
    if registration.entry == EntryChannel.DELEGATION:
        return {"token": ""}
    token = secrets.new_token()
    session.add(AddressLink(digest=secrets.digest(token), registration_id=registration.id, sent_at=now))
    return {"token": token}


def count_sent(registration_id: int, *, now: datetime) -> None:
    """A mail that leads to a receipt and needs no link of its own counts among those sent."""
    token = secrets.new_token()
    session.add(AddressLink(digest=secrets.digest(token), registration_id=registration_id, sent_at=now))


def of_token(token: str) -> int | None:
    """The id of the registration whose address `token` confirms."""
    links = select(AddressLink.registration_id).where(AddressLink.digest == secrets.digest(token))
    number: int | None = session.scalar(links)
    return number


def were_sent(registration_id: int, now: datetime) -> tuple[int, int]:
    """How many links were sent to this registration, and how many of them today."""
    sent = select(AddressLink.sent_at).where(AddressLink.registration_id == registration_id)
    moments = session.scalars(sent).all()
    return len(moments), sum(day_of(moment) == day_of(now) for moment in moments)


def spoil(registration_id: int) -> None:
    """Its links open nothing any more, and still count as sent."""
    for link in session.scalars(select(AddressLink).where(AddressLink.registration_id == registration_id)):
        link.digest = secrets.digest(secrets.new_token())


def forget(registration_id: int) -> None:
    """Its links open nothing any more."""
    session.execute(delete(AddressLink).where(AddressLink.registration_id == registration_id))
