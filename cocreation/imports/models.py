"""What is kept while a spreadsheet is being imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json


class KeptSheet(Base):
    """A spreadsheet somebody is importing, between one step and the next; one for each person and purpose.

    `purpose` is the address of the import, `guidance` what was said of its sheets, columns and values. Gone
    once it is imported, and by its term (`services.KEPT_FOR`).
    """

    __tablename__ = "kept_sheets"
    __table_args__ = (UniqueConstraint("person_id", "purpose"),)

    token: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    guidance: Mapped[dict[str, object] | None] = mapped_column(Json)
    kept_at: Mapped[datetime] = mapped_column(index=True)
