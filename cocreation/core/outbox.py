"""Mail as rows: written with the work it tells of, sent by the worker, one for each event.

A row is claimed for a while in a short transaction, sent outside of any, and marked in another short one: no
lock of the database waits for a mail server. A worker that dies between sending and marking leaves a claim
that runs out: that mail may arrive twice, with the same Message-ID, and `repeats` counts it. None is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import structlog
from sqlalchemy import Index, SmallInteger, Text, and_, cast, delete, insert, or_, select, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core import clock
from cocreation.core.contacts import without_addresses
from cocreation.core.database import Base, Json, insert_new, session
from cocreation.core.delivery import CutOff, HungUp, MailRefused, RefusedForNow, ServerAway
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.languages import i18n

LEASE = timedelta(minutes=10)  # longer than a server may take for one mail
# A mail refused for now is tried again after 5, 10, 20… minutes, at most 8 hours: 22 tries in five days, as
# RFC 5321 (4.5.4.1) asks for.
MOST_TRIES = 22
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=8)
MARKING = (0.2, 1, 2, 5, 10)  # seconds between tries to mark what was sent
BEHIND = timedelta(minutes=1)
WORDS = 10  # characters that are no chance: a text as short as a label may begin like another

log = structlog.get_logger()


class Mail(Base):
    """A mail to send. Its words are made when it is sent; `context` holds what they need, as JSON."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    language: Mapped[str]
    template: Mapped[str]
    context: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    urgency: Mapped[int] = mapped_column(SmallInteger, default=Urgency.NEWS)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)  # refusals for now
    repeats: Mapped[int] = mapped_column(default=0)  # times it was sent again, not knowing if it had arrived
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None]


WAITS = and_(Mail.sent_at.is_(None), Mail.failed_at.is_(None))
FAILED = Mail.failed_at.is_not(None)
UNSENT = or_(WAITS, FAILED)

# Those of a hundred thousand sent mails that still matter are found without reading the others.
for _name, _columns, _which in (
    ("ix_outbox_waiting", (Mail.urgency, Mail.due_at, Mail.id), WAITS),
    ("ix_outbox_failed", (Mail.failed_at, Mail.id), FAILED),
    ("ix_outbox_sent", (Mail.sent_at,), Mail.sent_at.is_not(None)),
):
    Index(_name, *_columns, sqlite_where=_which, postgresql_where=_which)


def withdraw_from(kind: MailKind, to: str) -> None:
    """Send no mail of this kind to this address that still waits."""
    session.execute(delete(Mail).where(UNSENT, Mail.template == kind.name, Mail.to == to))


def post(kind: MailKind, /, *, to: str, key: str, language: str = "", **context: object) -> None:
    """Queue a mail for the address `to`, once for each `key` (the event it tells of).

    `context` is JSON: references and receipts rather than sentences, so that the words are made in
    the reader's language when it leaves.
    """
    now = clock.now()
    language = language or i18n.current().code
    words = {"to": to, "language": language, "template": kind.name, "context": context}
    mail = insert_new(Mail).values(key=key, **words, urgency=kind.urgency, queued_at=now, due_at=now)
    session.execute(mail)


def post_all(kind: MailKind, mails: Sequence[Mapping[str, object]], *, urgency: Urgency | None = None) -> int:
    """Queue many mails of a kind, each with `to`, `language`, `key` and `context`, leaving out those whose
    key is there already; how many were queued. The caller holds a lock under which nobody else queues them.

    With an `urgency` that is not the kind's: nobody waits for what somebody else's act sends to many.
    """
    keys = select(Mail.key).where(Mail.key.in_([mail["key"] for mail in mails]))
    posted, now = set(session.scalars(keys)), clock.now()
    urgency = kind.urgency if urgency is None else urgency
    common = {"template": kind.name, "urgency": urgency, "queued_at": now, "due_at": now}
    new = [{**mail, **common} for mail in mails if mail["key"] not in posted]
    if new:
        session.execute(insert(Mail), new)
    return len(new)


def another(key: str, most: int) -> str | None:
    """The key of one more mail of the event `key`: itself for the first, then "key 2"; None when enough."""
    keys = [key, *(f"{key} {number}" for number in range(2, most + 1))]
    posted = set(session.scalars(select(Mail.key).where(Mail.key.in_(keys))))
    return next((candidate for candidate in keys if candidate not in posted), None)


def unsay(words: str, *, about: str, but: str | None) -> None:
    """Take `words`, whole or cut short, out of the mails about the reference `about` that were not sent; not
    out of those to the address `but`, whose words they are.
    """
    said = " ".join(words.split())
    waiting = select(Mail).where(UNSENT, cast(Mail.context, Text).contains(f'"{about}"'))
    for mail in session.scalars(waiting):
        if mail.to != but:
            mail.context = {name: _without(value, said) for name, value in mail.context.items()}


def withdraw(receipt: str) -> int:
    """Take back the mails that were not sent and speak of `receipt`; how many."""
    of_receipt = cast(Mail.context, Text).contains(f'"{receipt}"')
    gone = session.execute(delete(Mail).where(UNSENT, of_receipt).returning(Mail.id))
    return len(gone.all())


def _without(value: object, said: str) -> object:
    """A part of a mail's context, with "" for every text that is the beginning of `said`."""
    if isinstance(value, dict):
        return {key: _without(part, said) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, said) for part in value]
    if isinstance(value, str) and (start := " ".join(value.removesuffix("…").split())):
        return "" if said.startswith(start) and (len(start) >= WORDS or start == said) else value
    return value


def send_due(
    compose: Callable[[Mail], EmailMessage],
    deliver: Callable[[EmailMessage], None],
    *,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, the most urgent first, until `stop` says so between two mails; how many left.

    What was sent keeps neither address nor content. What is refused for now is tried again, later each time;
    what is refused for ever, or cannot be composed, has failed: it is logged, and the staff sees it.

    Raises ServerAway, with the mail in hand given back as it was.
    """
    sent = 0
    mail = _claim()
    while mail is not None:
        values, error = _send(mail, compose, deliver)
        sent += "sent_at" in values
        goes_on = not isinstance(error, ServerAway) and not stop()
        following = _mark(mail, values, goes_on)
        if isinstance(error, ServerAway):
            raise error
        mail = following
    return sent


def pause_after(tries: int) -> timedelta:
    """How long a mail that was refused for now so many times waits for its next try."""
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)


def put_right(now: datetime) -> int:
    """Let what is due too late be due now: the clock was ahead when it was written. How many."""
    late = or_(and_(Mail.tries == 0, Mail.due_at > now + FIRST_PAUSE), Mail.due_at > now + LONGEST_PAUSE)
    due = update(Mail).where(WAITS, late).values(due_at=now).returning(Mail.id)
    return len(session.scalars(due).all())


def _claim() -> Mail | None:
    """The next mail that is due, ours until its lease ends. Commits, and leaves no transaction open."""
    now = clock.now()
    mail = next(filter(None, (_next(urgency, now) for urgency in Urgency)), None)
    if mail is not None:
        mail.repeats += mail.leased_until is not None  # whoever had it did not say how it ended
        mail.leased_until = now + LEASE
        session.flush()
        session.expunge(mail)
    session.commit()
    return mail


def _next(urgency: Urgency, now: datetime) -> Mail | None:
    """One urgency after the other, so that the index leads straight to the row, whatever is not due yet."""
    # A lease far longer than any was given before the clock went back. One that is longer by little is held:
    # another worker, whose clock may be ahead, looked at it after this one did and came to the row before.
    too_long = Mail.leased_until > now + 2 * LEASE
    free = or_(Mail.leased_until.is_(None), Mail.leased_until < now, too_long)
    due = select(Mail).where(WAITS, Mail.urgency == urgency, Mail.due_at <= now, free)
    statement = due.order_by(Mail.due_at, Mail.id).limit(1).with_for_update(skip_locked=True)
    return session.scalar(statement.execution_options(populate_existing=True))


def _send(
    mail: Mail, compose: Callable[[Mail], EmailMessage], deliver: Callable[[EmailMessage], None]
) -> tuple[dict[str, object], Exception | None]:
    """Try to send a mail: what is to be written into its row, and what went wrong."""
    now = clock.now()
    try:
        message = compose(mail)
    except DBAPIError:
        raise  # no fault of the mail
    except Exception as error:  # whatever a template can do, the next mail goes out
        # Its message may quote the mail, which the staff may read and a log may not hold.
        return _failure(mail, f"{type(error).__name__}: {error}", now, type(error).__name__), error
    finally:
        session.rollback()  # what composing has read, so that nothing is open while a server takes its time
    try:
        deliver(message)
    except MailRefused as error:
        return _failure(mail, str(error), now), error
    except HungUp as error:  # it may have arrived
        return {**_later(mail, error, now), "repeats": mail.repeats + 1}, error
    except CutOff as error:  # perhaps because of this mail: the others go first
        return {"due_at": now + BEHIND}, error
    except ServerAway as error:
        return {}, error
    except Exception as error:  # RefusedForNow, or what nobody has thought of
        return _later(mail, error, now), error
    return {"sent_at": clock.now(), "to": "", "context": {}, "failure": None}, None


def _later(mail: Mail, error: Exception, now: datetime) -> dict[str, object]:
    said = str(error) if isinstance(error, RefusedForNow | ServerAway) else f"{type(error).__name__}: {error}"
    tries = mail.tries + 1
    if tries >= MOST_TRIES:
        return {**_failure(mail, said, now), "tries": tries}
    return {"tries": tries, "due_at": now + pause_after(tries), "failure": _kept(said)}


def _failure(mail: Mail, said: str, now: datetime, logged: str = "") -> dict[str, object]:
    failure = _kept(said)
    log.error("mail failed", mail=mail.id, template=mail.template, failure=logged or failure)
    return {"failed_at": now, "failure": failure}


def _kept(said: str) -> str:
    return without_addresses(" ".join(said.split()))[:300]


def _mark(mail: Mail, values: dict[str, object], goes_on: bool) -> Mail | None:
    """Write how it ended, unless the row was taken back meanwhile or is somebody else's, and claim the next
    one if this `goes_on`, in the same transaction.

    A database that is away for a moment is waited for: a mail that was sent and not marked is sent again.
    """
    leased = (Mail.id == mail.id, Mail.leased_until == mail.leased_until, Mail.sent_at.is_(None))
    for pause in (*MARKING, None):
        try:
            session.execute(update(Mail).where(*leased).values(leased_until=None, **values))
            if goes_on:
                return _claim()
            session.commit()
            return None
        except OperationalError:
            session.rollback()
            if pause is None:
                raise
            time.sleep(pause)
    return None
