"""The rounds of mails to everyone of a meeting: which were sent, when, to how many."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json


class Notice(Base):
    """One round of mails to the people of a meeting: who was told of what, and how far it is.

    `event` names the mail (`reminder_week`, `reminder_day`, `thanks`, …); `last_id` is the last registration
    it has reached, so that a round that was interrupted goes on where it stood.
    """

    __tablename__ = "meeting_notices"
    __table_args__ = (UniqueConstraint("meeting_id", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    event: Mapped[str]
    begun_at: Mapped[datetime]
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    last_id: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    options: Mapped[dict[str, object]] = mapped_column(Json, default=dict)
