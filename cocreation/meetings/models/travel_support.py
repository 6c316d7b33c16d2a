"""What a meeting offers to those who need help with transport and lodging."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated
from cocreation.directory.models import Province
from cocreation.meetings.models.meeting import Meeting


class SupportOffer(Base):
    """What a meeting can help with: until when to ask, and the budget lines. Amounts in dirhams.

    `province_code` is the province of the venue, from which distances are counted.
    """

    __tablename__ = "support_offers"
    __table_args__ = (CheckConstraint("nights >= 0 and tickets >= 0", name="lines"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    closes_on: Mapped[date]
    explained: Mapped[Translated | None]
    payer: Mapped[str | None]
    nights: Mapped[int]
    night_cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    tickets: Mapped[int]
    ticket_cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))

    meeting: Mapped[Meeting] = relationship(back_populates="support", lazy="raise_on_sql")
    province: Mapped[Province] = relationship(lazy="raise_on_sql")

    def is_open(self, today: date) -> bool:
        """Whether it can still be asked for on that day, the closing day included."""
        return today <= self.closes_on
