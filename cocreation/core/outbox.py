"""Mail as rows: written with the work it tells of, sent by the worker, never twice for one event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Text, cast, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core import clock, i18n
from cocreation.core.database import Base, Json, insert_new, session

MOST_TRIES = 8
WORDS = 10  # characters that are no chance: a text as short as a label may begin like another


class Mail(Base):
    """A mail to send. Its words are made when it is sent; `context` holds what they need, as JSON."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    language: Mapped[str]
    template: Mapped[str]
    context: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failure: Mapped[str | None]


def post(*, to: str, template: str, key: str, language: str = "", **context: Any) -> None:
    """Queue the mail `template` for the address `to`, once for each `key` (the event it tells of).

    `context` is JSON: references and receipts rather than sentences, so that the words are made in
    the reader's language when it leaves.
    """
    now = clock.now()
    language = language or i18n.current().code
    words = {"to": to, "language": language, "template": template, "context": context}
    mail = insert_new(Mail).values(key=key, **words, queued_at=now, due_at=now)
    session.execute(mail)


def post_all(mails: Sequence[dict[str, Any]]) -> int:
    """Queue many mails, each with `to`, `language`, `template`, `key` and `context`, leaving out those whose
    key is there already; how many were queued. The caller holds a lock under which nobody else queues them.
    """
    keys = select(Mail.key).where(Mail.key.in_([each["key"] for each in mails]))
    there, now = set(session.scalars(keys)), clock.now()
    new = [{**each, "queued_at": now, "due_at": now} for each in mails if each["key"] not in there]
    if new:
        session.execute(insert(Mail), new)
    return len(new)


def unsay(words: str, *, about: str, but: str | None) -> None:
    """Take `words`, whole or cut short, out of the mails about the reference `about` that still wait; not out
    of those to the address `but`, whose words they are.
    """
    said = " ".join(words.split())
    waiting = select(Mail).where(Mail.sent_at.is_(None), cast(Mail.context, Text).contains(f'"{about}"'))
    for mail in session.scalars(waiting):
        if mail.to != but:
            mail.context = _without(mail.context, said)


def withdraw(receipt: str) -> int:
    """Take back the mails that still wait and speak of `receipt`; how many."""
    mine = cast(Mail.context, Text).contains(f'"{receipt}"')
    gone = session.execute(delete(Mail).where(Mail.sent_at.is_(None), mine).returning(Mail.id))
    return len(gone.all())


def _without(value: Any, said: str) -> Any:
    """A part of a mail's context, with "" for every text that is the beginning of `said`."""
    if isinstance(value, dict):
        return {key: _without(each, said) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, said) for each in value]
    if isinstance(value, str) and (start := " ".join(value.removesuffix("…").split())):
        return "" if said.startswith(start) and (len(start) >= WORDS or start == said) else value
    return value


def send_due(compose: Callable[[Mail], EmailMessage], deliver: Callable[[EmailMessage], None]) -> int:
    """Send what is due, each in a transaction of its own; how many left.

    A mail is locked while it is sent, so that two workers do not send it twice. What was sent keeps neither
    address nor content. What fails is tried again, later each time, and in the end left with its failure.
    """
    sent = 0
    while (mail := _next_due()) is not None:
        try:
            deliver(compose(mail))
        except Exception as error:  # whatever a mail server or a template can do, the next mail goes out
            _postpone(mail, error)
        else:
            mail.sent_at, mail.to, mail.context, mail.failure = clock.now(), "", {}, None
            sent += 1
        session.commit()
    session.rollback()
    return sent


def _next_due() -> Mail | None:
    due = (Mail.sent_at.is_(None), Mail.tries < MOST_TRIES, Mail.due_at <= clock.now())
    statement = select(Mail).where(*due).order_by(Mail.due_at, Mail.id).limit(1)
    return session.scalar(statement.with_for_update(skip_locked=True))


def _postpone(mail: Mail, error: Exception) -> None:
    mail.tries += 1
    mail.due_at = clock.now() + timedelta(minutes=2**mail.tries)
    mail.failure = f"{type(error).__name__}: {error}"[:300]
