"""The mails that left, known by their kind and not by how their subject is worded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import EmailMessage

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import Mail
from tests.words import Sentence, said


def kind(mail: EmailMessage) -> str:
    """The name of the kind of a mail."""
    return _row(mail)[0]


def of(kind_: MailKind, mails: Iterable[EmailMessage]) -> list[EmailMessage]:
    """Those of `mails` that are of this kind, in the order given."""
    return [mail for mail in mails if kind(mail) == kind_.name]


def told(mails: Iterable[EmailMessage]) -> list[tuple[str, str]]:
    """Whom each mail went to and the name of its kind, in the order given."""
    return [(mail["To"], kind(mail)) for mail in mails]


def text(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


def language(mail: EmailMessage) -> str:
    """The code of the language that a mail is written in."""
    return _row(mail)[1]


def tells(mail: EmailMessage, sentence: Sentence, **values: object) -> bool:
    """Whether the plain text of a mail says `sentence`, in the language it is written in."""
    return said(text(mail), sentence, language(mail), **values)


def _row(mail: EmailMessage) -> tuple[str, str]:
    """Kind and language of the row that a mail was made from, whose number is in its Message-ID."""
    number = re.match(r"<(\d+)\.", mail["Message-ID"])
    assert number, mail["Message-ID"]
    name, language = session.execute(
        select(Mail.template, Mail.language).where(Mail.id == int(number[1]))
    ).one()
    session.remove()
    return name, language
