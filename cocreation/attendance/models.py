"""Who arrived, noted at the doors of a meeting or afterwards from paper."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l


class ArrivalMethod(Named):
    """How an arrival was noted."""

    CODE = "code", _l("QR code")
    NAME = "name", _l("name")
    WALK_IN = "walk_in", _l("on the day")
    PAPER = "paper", _l("attendance sheet")


class Arrival(Base):
    """One time a door noted that somebody came. `id` is made by the device, so that what is sent twice is
    noted once; `undone_at` when it was a mistake.
    """

    __tablename__ = "arrivals"

    id: Mapped[str] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    device: Mapped[str]
    method: Mapped[ArrivalMethod] = mapped_column("how", choice(ArrivalMethod))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]
