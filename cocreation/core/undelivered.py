"""Mail that has not arrived: what waits, what failed, what becomes of both, how long any of it stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, select, true, update

from cocreation.core.database import session
from cocreation.core.mail_kinds import Urgency
from cocreation.core.outbox import FAILED, WAITS, Mail

# A failed mail can be acted on for so long; then its address and its content go with it.
FAILED_KEPT = timedelta(days=30)
# A sent row holds its key alone, which makes one event one mail. After this long no event is told again:
# daily keys carry their day, rounds and publications have ended, what a person does again is another event.
SENT_KEPT = timedelta(days=90)
LATE = timedelta(minutes=10)  # after which somebody should look


@dataclass(frozen=True)
class MailStanding:
    """How the outbox stands: what waits by urgency, since when the oldest has been due, what failed."""

    waiting: dict[Urgency, int]
    oldest: datetime | None
    failed: int

    @property
    def count(self) -> int:
        return sum(self.waiting.values())

    def is_late(self, now: datetime) -> bool:
        """Whether something that is due has waited for longer than it takes when all is well."""
        return self.oldest is not None and now - self.oldest > LATE


def standing(now: datetime) -> MailStanding:
    """How it stands now; `oldest` is of those due, not of those a server told to come back later."""
    columns = Mail.urgency, func.count(), func.min(Mail.due_at).filter(Mail.due_at <= now)
    of_each = select(*columns).where(WAITS).group_by(Mail.urgency)
    not_arrived = select(literal(None), func.count(), literal(None)).select_from(Mail).where(FAILED)
    *rows, (_, failed, _) = session.execute(of_each.union_all(not_arrived)).all()
    return MailStanding(
        waiting={Urgency(urgency): count for urgency, count, _ in sorted(rows)},
        oldest=min((oldest for _, _, oldest in rows if oldest), default=None),
        failed=failed,
    )


def failed_count(which: ColumnElement[bool]) -> int:
    """How many of these mails failed."""
    return session.scalar(select(func.count()).select_from(Mail).where(FAILED, which)) or 0


def put_off() -> int:
    """How many of those that wait were refused for now, and are tried again later."""
    return session.scalar(select(func.count()).select_from(Mail).where(WAITS, Mail.tries > 0)) or 0


def repeated() -> int:
    """How many mails may have arrived twice, since the worker or the server fell at the wrong moment."""
    return session.scalar(select(func.count()).select_from(Mail).where(Mail.repeats > 0)) or 0


def failed(which: ColumnElement[bool] | None = None) -> Select[Mail]:
    """The failed mails, or some, as a statement to page through."""
    return select(Mail).where(FAILED, true() if which is None else which)


def of_meetings(references: Iterable[str] | Select[str]) -> ColumnElement[bool]:
    """The mails about these meetings."""
    return and_(Mail.template.startswith("meetings/"), Mail.context["reference"].as_string().in_(references))


def of_receipt(receipt: str) -> ColumnElement[bool]:
    """The mails about what this receipt opens."""
    return Mail.context["receipt"].as_string() == receipt


def retry(now: datetime, which: ColumnElement[bool] | None = None) -> int:
    """Let failed mails, all or some, be sent again; how many."""
    again = update(Mail).where(FAILED, true() if which is None else which)
    fresh = {"failed_at": None, "failure": None, "tries": 0, "due_at": now}
    return len(session.scalars(again.values(**fresh).returning(Mail.id)).all())


def dismiss(which: ColumnElement[bool]) -> int:
    """Give failed mails up, with their address and content; how many."""
    return len(session.scalars(delete(Mail).where(FAILED, which).returning(Mail.id)).all())


def forget(now: datetime) -> int:
    """Delete what was sent or failed long ago; how many."""
    old = (Mail.sent_at < now - SENT_KEPT, and_(FAILED, Mail.failed_at < now - FAILED_KEPT))
    return sum(
        len(session.scalars(delete(Mail).where(condition).returning(Mail.id)).all()) for condition in old
    )
