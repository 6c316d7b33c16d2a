"""Reads of the register."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.paging import Page, page
from cocreation.register.models import RegisterEntry, RegisterHead


def latest(cursor: str | None = None, size: int = 20) -> tuple[Page[RegisterEntry], RegisterHead]:
    """The latest entries, and the head of the chain."""
    entries: Page[RegisterEntry] = page(select(RegisterEntry), RegisterEntry.number, cursor=cursor, size=size)
    return entries, session.get_one(RegisterHead, 1)
