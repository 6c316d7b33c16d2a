"""Photos of a meeting."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Translated

SMALL_SIDE = 640  # pixels of the longer side


class Photo(Base):
    """A photo of a meeting, drawn anew without places or devices in it; `alt` says what can be seen,
    `consent` how the people in it agreed.
    """

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    alt: Mapped[Translated]
    consent: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def small_width(self) -> int:
        """About how wide the small one is, for browsers to choose between them."""
        longer = max(self.width, self.height)
        return round(self.width * min(SMALL_SIDE, longer) / longer)

    @property
    def mark(self) -> str:
        """Stands for the content in addresses: a photo never changes, but its number may be given again."""
        return hashlib.sha256(f"{self.id} {self.size} {self.added_at.isoformat()}".encode()).hexdigest()[:8]
