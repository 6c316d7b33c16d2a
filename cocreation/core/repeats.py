"""The same form sent twice: pressed twice, sent once more by Back, or because the answer never came."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, insert_new, session

KEPT = timedelta(days=1)  # a page stays open no longer than somebody's sign-in


class SentForm(Base):
    """A form that was sent and did something, by a digest of who sent what; and where its answer led to."""

    __tablename__ = "sent_forms"

    digest: Mapped[str] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    led_to: Mapped[str | None]


def is_first(digest: str, now: datetime) -> bool:
    """Note that this is being done. False where it was done before; who is at it just now is waited for."""
    noting = insert_new(SentForm).values(digest=digest, sent_at=now)
    return session.scalar(noting.returning(SentForm.digest)) is not None


def note_done(digest: str, address: str) -> None:
    """It is done, and leads to `address`."""
    session.execute(update(SentForm).where(SentForm.digest == digest).values(led_to=address))


def note_undone(digest: str) -> None:
    """Nothing was done yet: something is asked about first."""
    session.execute(delete(SentForm).where(SentForm.digest == digest))


def where(digest: str) -> str | None:
    """Where it led to when it was done."""
    return session.scalar(select(SentForm.led_to).where(SentForm.digest == digest))


def sweep(now: datetime) -> int:
    """Forget those of long ago."""
    gone = session.execute(delete(SentForm).where(SentForm.sent_at < now - KEPT))
    session.commit()
    return cast("CursorResult[object]", gone).rowcount
