"""What the worker does for the register."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from cocreation.core.chores import Chore
from cocreation.core.database import session
from cocreation.ledger.checkpoints import sign_day
from cocreation.ledger.keys import key_of


def sign(now: datetime) -> int:
    """Sign the day's checkpoint when it is due; 1 when it was made."""
    checkpoint = sign_day(key_of(current_app.extensions["settings"]), now=now)
    session.commit()
    return int(checkpoint is not None)


CHORES = (Chore("register signed", timedelta(minutes=10), sign),)
