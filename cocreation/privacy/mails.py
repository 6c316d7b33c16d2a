"""Mails that wait or failed, and the journal of the back office: what in them names a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Text, cast, func, or_, select

from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.core.personal_data import NOBODY, Erasure, Export, Keeper, Subject, row_of
from cocreation.languages.i18n import lazy_gettext as _l

# The number of a mail, and whether it is to the subject; else it speaks of them to somebody.
Spoken = tuple[int, bool]


def find_mails(subject: Subject) -> Sequence[Spoken]:
    """Mails to these addresses, and those that speak of the subject to others."""
    to_subject, needles = func.lower(Mail.to).in_(subject.emails), _needles(subject)
    spoken = _says(Mail.context, needles)
    by_key = [
        func.lower(column).contains(needle, autoescape=True)
        for column in (Mail.key, Mail.failure)
        for needle in subject.emails
    ]
    by_key += [Mail.key.contains(receipt, autoescape=True) for receipt in subject.receipts]
    rows = session.execute(
        select(Mail, to_subject).where(or_(to_subject, *spoken, *by_key)).order_by(Mail.id)
    )
    return [(mail.id, bool(is_theirs)) for mail, is_theirs in rows if is_theirs or _speaks_of(mail, needles)]


def _speaks_of(mail: Mail, needles: Sequence[str]) -> bool:
    """Whether what the database found by a part of a word is theirs."""
    is_named = _without(mail.context, needles) != mail.context
    return is_named or any(_holds(words or "", needles) for words in (mail.key, mail.failure))


def export_mails(keys: Sequence[Spoken]) -> Export:
    """What waits, for a mail that has left has neither address nor content here. Of one to somebody else only
    that there is one.
    """
    exported = Export()
    told = ("template", "language", "queued_at", "due_at", "failure")
    for number, is_theirs in keys:
        mail = session.get_one(Mail, number)
        if mail.sent_at is None:
            names = (*told, "to", "context") if is_theirs else told
            exported.rows.append({name: value for name, value in row_of(mail).items() if name in names})
    return exported


def take_back(subject: Subject) -> None:
    """Mails to the subject, or by which a receipt of theirs would be opened, are taken back; those to others
    go without what names the subject.
    """
    names = _needles(subject)
    for number, to_them in find_mails(subject):
        mail = session.get(Mail, number, with_for_update=True, populate_existing=True)
        if mail is None:
            continue  # it left just now
        context = json.dumps(mail.context, ensure_ascii=False)
        if to_them or mail.sent_at or any(receipt in context for receipt in subject.receipts):
            session.delete(mail)
            continue
        mail.context = {name: _without(value, names) for name, value in mail.context.items()}
        if mail.failure and _holds(mail.failure, names):
            mail.failure = NOBODY
        if _holds(mail.key, names):
            mail.key = f"erased {mail.id}"
    session.flush()


def scrub_journal(subject: Subject) -> int:
    """Take what names the subject out of the journal of the back office, should somebody have typed it into a
    name or a title; how many entries.
    """
    needles = _needles(subject)
    conditions = _says(AuditEntry.details, needles)
    if not conditions:
        return 0
    rows = session.scalars(select(AuditEntry).where(or_(*conditions))).all()
    for entry in rows:
        entry.details = {name: _without(value, needles) for name, value in entry.details.items()}
    session.flush()
    return len(rows)


def without(subject: Subject, words: str) -> str:
    """`words` without what names the subject."""
    return "" if _holds(words, _needles(subject)) else words


def _needles(subject: Subject) -> list[str]:
    everything: Iterable[str] = (*subject.emails, *subject.phones, *subject.receipts, *subject.names)
    return sorted({needle for needle in everything if needle})


def _says(column: object, needles: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a column of JSON holds one of `needles`, as either database writes it."""
    written = {form for needle in needles for form in (needle, json.dumps(needle)[1:-1])}
    text = func.lower(cast(column, Text))
    return [text.contains(form.lower(), autoescape=True) for form in sorted(written)]


def _holds(text: str, needles: Sequence[str]) -> bool:
    """Whether one of `needles` stands there whole: li@example.org is not in ali@example.org."""
    return any(re.search(_whole(needle), text, re.IGNORECASE) for needle in needles)


def _whole(needle: str) -> str:
    return rf"(?<![\w.+-]){re.escape(needle)}(?![\w@]|[.+-]\w)"


def _without(value: object, needles: Sequence[str]) -> object:
    """A part of a mail or an entry, with a dash for every text that names the subject."""
    if isinstance(value, dict):
        return {key: _without(part, needles) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, needles) for part in value]
    return NOBODY if isinstance(value, str) and _holds(value, needles) else value


def _erase_mails(keys: Sequence[Spoken], erasure: Erasure) -> None:
    """Done by the act itself (`services.erase`), once it knows which receipts open nothing any more."""


KEEPERS = (
    Keeper(
        name="mails",
        what=_l("Mails to you that wait to be sent, or could not be"),
        why=_l("To tell you what you asked to be told"),
        seen_by=_l(
            "Nobody; of one that could not be sent, the secretariat and the organisers of its meeting"
        ),
        term=_l(
            "Until the mail has left, or 30 days after it failed: "
            "then neither its text nor your address is kept"
        ),
        chore="forget mails of long ago",
        columns={"outbox": ("to", "context", "key", "failure"), "audit": ("details",)},
        spared={
            "outbox.template": "which mail it is",
            "audit.action": "what was done, of a list",
            "audit.subject": "a reference or a number",
        },
        find=find_mails,
        export=export_mails,
        erase=_erase_mails,
    ),
)
