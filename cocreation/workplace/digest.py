"""The mail of the day: what waits for a member of the staff, as their desk says it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.accounts.handover_kinds import WaitingFigure, standing
from cocreation.accounts.models import Person
from cocreation.core import clock, outbox
from cocreation.core.chores import each_of
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.languages import i18n
from cocreation.workplace.emails import DIGEST
from cocreation.workplace.menu import waiting_kinds

# From when to before when it is written, o'clock in Morocco: it is for the day to come. A worker that was
# away then leaves it for the next morning, since all of it stands on the desks besides.
MORNING = (7, 9)


def tell_staff(now: datetime) -> int:
    """Write to everyone for whom something waits and who did not turn that off, once a morning.

    How many mails. Commits. A chore: see `core.chores`.
    """
    earliest, latest = MORNING
    if not earliest <= now.astimezone(i18n.ZONE).hour < latest:
        return 0
    of_day = Mail.key.startswith(f"{DIGEST.name} "), Mail.key.endswith(f" {clock.day_of(now)}")
    told = select(Mail.key).where(*of_day)
    keys = set(session.scalars(told))
    asked = select(Person.id).where(Person.disabled_at.is_(None), Person.wants_digest).order_by(Person.id)
    people = [person_id for person_id in session.scalars(asked) if _key(person_id, now) not in keys]
    return each_of("what waits", people, lambda person_id: _tell(person_id, now), now=now)


def _tell(person_id: int, now: datetime) -> int:
    """Queue the mail of one person, unless nothing waits; how many. Two workers may try at once."""
    person = session.get(Person, person_id, options=[selectinload(Person.grants)], populate_existing=True)
    figures = standing(person, waiting_kinds(), now) if person else []
    if person is None or not figures:
        return 0
    outbox.post(
        DIGEST,
        to=person.email,
        language=person.language,
        key=_key(person.id, now),
        count=sum(figure.count for figure in figures),
        rows=[_row(figure, now) for figure in figures],
    )
    return 1


def _key(person_id: int, now: datetime) -> str:
    return f"{DIGEST.name} {person_id} {clock.day_of(now)}"


def _row(figure: WaitingFigure, now: datetime) -> dict[str, object]:
    """What the mail says of a kind: English words, so that those of its reader are made when it leaves."""
    return {
        "what": figure.kind.what.message,
        "endpoint": figure.kind.endpoint,
        "count": figure.count,
        "days": max(figure.days(now), 0),
        "late": figure.late,
        "address": figure.address,
    }
