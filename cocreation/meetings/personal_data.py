"""What is kept of who organises a meeting; how long it is known who came at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select

from cocreation.core.contacts import phone_number
from cocreation.core.database import session
from cocreation.core.personal_data import (
    Erasure,
    Export,
    Keeper,
    Subject,
    rows_of,
)
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import CommitteeMember, Meeting

# How long after a meeting it is known who came, was invited or organised it: the evaluation takes a year.
KNOWN_FOR = timedelta(days=365)
AT_ONCE = 200  # people of a chore's round
ORGANISERS = _l("The secretariat and the association that coordinates the meeting")
LINKS = ("id", "meeting_id", "once", "proposed_by", "validated_by")
A_NUMBER = re.compile(r"\+?[\d(][\d .()-]{6,}\d")


def find_organisers(subject: Subject) -> Sequence[int]:
    """The members of organising committees who can be reached so: what was typed is read word by word."""
    if not subject.emails and not subject.phones:
        return []
    members = select(CommitteeMember.id, CommitteeMember.contact).where(CommitteeMember.contact.is_not(None))
    return [number for number, contact in session.execute(members) if _names(contact or "", subject)]


def _names(contact: str, subject: Subject) -> bool:
    words = {word.strip(".") for word in re.split(r"[\s,;<>()/|]+", contact.lower())}
    numbers = {phone_number(number) for number in A_NUMBER.findall(contact)}
    return bool(words & subject.emails or numbers & subject.phones)


def export_organisers(keys: Sequence[int]) -> Export:
    return Export(rows_of(select(CommitteeMember).where(CommitteeMember.id.in_(keys)), but=LINKS))


def erase_organisers(keys: Sequence[int], erasure: Erasure) -> None:
    session.execute(delete(CommitteeMember).where(CommitteeMember.id.in_(keys)))


def names_of_organisers(keys: Sequence[int]) -> Iterable[str | None]:
    return session.scalars(select(CommitteeMember.name).where(CommitteeMember.id.in_(keys))).all()


def forget_organisers(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who organised it. How many. Commits."""
    members = delete(CommitteeMember).where(CommitteeMember.meeting_id.in_(meetings_of_long_ago(now)))
    gone = len(session.scalars(members.returning(CommitteeMember.id)).all())
    session.commit()
    return gone


def of_meetings_of_long_ago(kind: Any, now: datetime) -> Select[Any]:
    """Rows of `kind` that belong to a meeting over since KNOWN_FOR, those of a chore's round."""
    over = meetings_of_long_ago(now)
    return select(kind).where(kind.meeting_id.in_(over)).order_by(kind.id).limit(AT_ONCE)


def meetings_of_long_ago(now: datetime) -> Select[int]:
    """The ids of the meetings of which it is known no more who came."""
    return select(Meeting.id).where(Meeting.ends_at <= now - KNOWN_FOR)


KEEPERS = (
    Keeper(
        name="organisers",
        what=_l("The name, task and contact of the members of an organising committee"),
        why=_l("To prepare a meeting together"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget organisers",
        columns={"meeting_committee": ("name", "task", "contact")},
        find=find_organisers,
        export=export_organisers,
        erase=erase_organisers,
        names=names_of_organisers,
    ),
)
