"""The journal of who did what in the back office, for the people who answer for it.

Names of people never enter it: an actor is a number, a subject is a reference.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json, session


class AuditEntry(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[int | None]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, object]] = mapped_column(Json, default=dict)


def record(action: str, subject: str, *, by: int | None, now: datetime, **details: object) -> None:
    """Add an entry: `action` ("meeting announced") on `subject` (a reference) by a person's number."""
    session.add(AuditEntry(at=now, actor=by, action=action, subject=subject, details=details))
