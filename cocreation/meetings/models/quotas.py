"""Places of a meeting kept for some people until a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.core.i18n import lazy_gettext as _l


class QuotaKind(Named):
    """For whom places can be reserved. Who asks for one says so, for that purpose only."""

    WOMEN = "women", _l("women")
    YOUTH = "youth", _l("people under 30")
    DISABILITY = "disability", _l("people with disabilities")
    RURAL = "rural", _l("people from rural communes")


class Quota(Base):
    """Places reserved at a meeting, published with their reason, open to everyone from `release_on` on."""

    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind"),
        CheckConstraint("places > 0", name="places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[QuotaKind] = mapped_column(choice(QuotaKind))
    places: Mapped[int]
    reason: Mapped[Translated]
    release_on: Mapped[date]

    def is_reserved(self, today: date) -> bool:
        """Whether its places are still kept on that day."""
        return today < self.release_on
