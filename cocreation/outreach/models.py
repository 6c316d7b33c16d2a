"""The rounds of mails to everyone of a meeting, and the log of how people were told of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l


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


class Channel(Named):
    """By which way people were told of a meeting."""

    MAIL = "mail", _l("e-mail")
    PHONE = "phone", _l("telephone")
    SOCIAL = "social", _l("social media")
    PRESS = "press", _l("press and radio")
    POSTER = "poster", _l("posters and leaflets")
    NETWORK = "network", _l("networks of associations")
    OFFICIAL = "official", _l("official letter")


class Outreach(Base):
    """One time people were told of a meeting, kept for the evaluator. `proof` is an address or a reference;
    a file may come with it.
    """

    __tablename__ = "outreach"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    audience: Mapped[str]
    reached: Mapped[int | None]
    on: Mapped[date]
    proof: Mapped[str | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
