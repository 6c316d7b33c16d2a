"""What the worker does for this room: many are told, addresses are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.consultations.services import followings, tellings
from cocreation.core.chores import Chore, each_of
from cocreation.core.database import session


def tell_of_consultations(now: datetime) -> int:
    """Ask for what is due by the clock, then write the mails of all that is asked for."""
    tellings.ask_what_is_due(now)
    session.commit()
    return each_of("telling", tellings.untold(), lambda telling_id: tellings.tell(telling_id, now), now=now)


def forget_followings(now: datetime) -> int:
    forgotten = followings.forget_stale(now=now)
    session.commit()
    return forgotten


CHORES: tuple[Chore, ...] = (
    Chore("news of consultations", timedelta(seconds=20), tell_of_consultations),
    Chore("forget followings", timedelta(hours=6), forget_followings),
)
