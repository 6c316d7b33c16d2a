"""Spreadsheets are kept from one step of their import to the next, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.imports.models import KeptSheet

KEPT_FOR = timedelta(hours=12)  # a day's work, as a session


def keep(person_id: int, purpose: str, name: str, content: bytes, *, now: datetime) -> str:
    """Keep a file in the place of the one this person was importing here; the token that finds it."""
    forget(person_id, purpose)
    kept = KeptSheet(token=secrets.new_token(), person_id=person_id, purpose=purpose, kept_at=now)
    kept.name, kept.content = name, content
    session.add(kept)
    session.flush()
    return kept.token


def remember(token: str, guidance: dict[str, object]) -> None:
    """Note beside a kept file what was said of it."""
    session.execute(update(KeptSheet).where(KeptSheet.token == token).values(guidance=guidance))


def forget(person_id: int, purpose: str) -> None:
    """Erase what this person was importing here, if anything."""
    session.execute(delete(KeptSheet).where(KeptSheet.person_id == person_id, KeptSheet.purpose == purpose))


def sweep(now: datetime) -> int:
    """Erase the files nobody has imported in time; how many. Commits."""
    gone = delete(KeptSheet).where(KeptSheet.kept_at <= now - KEPT_FOR).returning(KeptSheet.token)
    count = len(session.scalars(gone).all())
    session.commit()
    return count
