"""Whether an address is somebody's: the links that confirm it, and many unconfirmed registrations at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from cocreation.meetings.models.meeting import Meeting


class Confirmation(Named):
    """What a registration counts by. RULE: a telephone number alone, under the rule of its meeting."""

    LINK = "link", _l("by the link of a mail")
    CALL = "call", _l("by telephone")
    STAFF = "staff", _l("by the organisers")
    RULE = "rule", _l("not called: counted by the rule of the meeting")


class AddressLink(Base):
    """A secret link sent to the address of a registration; only its digest is kept. Each that was sent opens
    the same page, until the address is confirmed.
    """

    __tablename__ = "address_links"

    digest: Mapped[str] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    sent_at: Mapped[datetime]


class Burst(Base):
    """Many registrations of one meeting in a short time that nobody has confirmed: those of one network
    within minutes, or (`network` None) of all networks within an hour.

    `taken_back_at` is the moment all that were unconfirmed were cancelled at once; None again when that was
    undone.
    """

    __tablename__ = "bursts"
    __table_args__ = (Index("ix_bursts_meeting", "meeting_id", "last_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    network: Mapped[str | None]
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
    found_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
