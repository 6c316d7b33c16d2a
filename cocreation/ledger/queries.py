"""Reads of the register."""

from __future__ import annotations

import json

from sqlalchemy import select

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.ledger.models import Checkpoint, RegisterEntry, RegisterHead

CHECKPOINTS = 5


def latest(idea: str = "", cursor: str | None = None, size: int = 10) -> Page[RegisterEntry]:
    """The latest entries, of one `idea` when its reference is given."""
    statement = select(RegisterEntry)
    if idea:
        statement = statement.where(RegisterEntry.subject == idea)
    return page(statement, RegisterEntry.number, cursor=cursor, size=size)


def versions_of(text: str) -> dict[int, int]:
    """The number of the entry of each published version of a text, by the number of the version."""
    entries = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == text))
    return {json.loads(entry.content)["version"]: entry.number for entry in entries}


def head() -> tuple[int, str]:
    """The number and the hash of the last entry."""
    row = session.get_one(RegisterHead, 1)
    return row.number, row.hash


def latest_checkpoints() -> list[Checkpoint]:
    return list(session.scalars(select(Checkpoint).order_by(Checkpoint.day.desc()).limit(CHECKPOINTS)))


def get_entry(number: int) -> RegisterEntry:
    """Raises NotFound, also for a number that no database can hold."""
    return found(session.get(RegisterEntry, number) if 0 < number < 2**31 else None)
