"""The daily checkpoint: the end of the register, signed, so that nobody can write it anew from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import lock, session
from cocreation.ledger.keys import sign
from cocreation.ledger.models import Checkpoint, RegisterEntry, RegisterHead


class Rewritten(Exception):
    """What the last checkpoint signed no longer stands in the register: nothing more is signed."""


def sign_day(key: Ed25519PrivateKey, *, now: datetime) -> Checkpoint | None:
    """The checkpoint of this day, unless it has one already or nothing is new. Raises Rewritten.

    The head is locked as by whoever appends, so that two workers make one checkpoint.
    """
    head, day = lock(RegisterHead, 1), clock.day_of(now)
    last = session.scalar(select(Checkpoint).order_by(Checkpoint.day.desc()).limit(1))
    if head.number == (last.number if last else 0) or (last and last.day >= day):
        return None
    if last and last.hash != _hash_of(last.number):
        raise Rewritten(f"entry {last.number}")
    checkpoint = Checkpoint(day=day, number=head.number, hash=head.hash, made_at=now)
    checkpoint.signature = sign(key, checkpoint.text)
    session.add(checkpoint)
    session.flush()
    return checkpoint


def checkpoints() -> Iterator[dict[str, object]]:
    """Every checkpoint in order, as it is downloaded."""
    for checkpoint in session.scalars(select(Checkpoint).order_by(Checkpoint.day)):
        yield {
            "day": checkpoint.day.isoformat(),
            "number": checkpoint.number,
            "hash": checkpoint.hash,
            "made_at": checkpoint.made_at.isoformat(),
            "signature": checkpoint.signature,
        }


def _hash_of(number: int) -> str | None:
    found: str | None = session.scalar(select(RegisterEntry.hash).where(RegisterEntry.number == number))
    return found
