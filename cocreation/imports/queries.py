"""Reads of the spreadsheets that are being imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from cocreation.core.database import session
from cocreation.imports.models import KeptSheet


def kept_sheet(token: str, person_id: int, purpose: str, since: datetime) -> KeptSheet | None:
    """The file of this token with its content, for the one who brought it to this import, if it was kept
    after `since`; None where there is none any more.
    """
    sheets = select(KeptSheet).where(
        KeptSheet.token == token,
        KeptSheet.person_id == person_id,
        KeptSheet.purpose == purpose,
        KeptSheet.kept_at > since,
    )
    return session.scalar(sheets.options(undefer(KeptSheet.content)))


def waiting_sheet(person_id: int, purpose: str, since: datetime) -> KeptSheet | None:
    """What a person is importing there, without its content."""
    sheets = select(KeptSheet).where(
        KeptSheet.person_id == person_id, KeptSheet.purpose == purpose, KeptSheet.kept_at > since
    )
    return session.scalar(sheets)
