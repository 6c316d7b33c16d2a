"""Drafts: a form half filled in, kept without an account and opened again by the secret in its link."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from cocreation.core import clock, outbox, secrets
from cocreation.core.database import found, lock, session
from cocreation.cycles.models import Cycle
from cocreation.submission.emails import DRAFT
from cocreation.submission.models import Draft

# How long a draft is kept after it was last saved.
KEPT_FOR = timedelta(days=30)


def keep(cycle_id: int, once: str, content: dict[str, str | bool], *, now: datetime) -> Draft:
    """Keep what is typed in the form numbered `once`; saving it again changes the same draft."""
    lock(Cycle, cycle_id)  # pressing twice makes one draft
    draft: Draft | None = session.scalar(select(Draft).where(Draft.once == once))
    if draft is None:
        draft = Draft(receipt=secrets.new_receipt(), once=once)
        session.add(draft)
    draft.content, draft.saved_at = content, now
    return draft


def send_link(receipt: str, email: str, *, now: datetime) -> None:
    """Mail the link of a draft, once a day to each address; never its words. Raises NotFound."""
    draft = found(session.get(Draft, receipt))
    outbox.post(
        DRAFT,
        to=email,
        key=f"ideas/draft {receipt} {secrets.digest(email)[:16]} {clock.day_of(now)}",
        receipt=draft.receipt,
        until=expires_at(draft).isoformat(),
    )


def expires_at(draft: Draft) -> datetime:
    """When it will be gone if it is not saved again."""
    return draft.saved_at + KEPT_FOR


def discard(once: str) -> None:
    """The idea of the form numbered `once` is confirmed."""
    session.execute(delete(Draft).where(Draft.once == once))


def sweep(now: datetime) -> int:
    """Delete the drafts nobody came back to; how many. Commits."""
    gone = delete(Draft).where(Draft.saved_at <= now - KEPT_FOR).returning(Draft.receipt)
    count = len(session.scalars(gone).all())
    session.commit()
    return count
