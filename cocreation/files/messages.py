"""E-mails that come in: who wrote, and what. What is read here is then checked by a person."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

import nh3

from cocreation.core import contacts
from cocreation.text import cleanup

# No part of these patterns runs over the end of a line: a hostile message would take hours.
# The lines that mail programs put above a message they forward, in the languages of our people.
_NAMES = r"From|De|Von|من|المرسل|Date|Sent|Envoyé|التاريخ|تاريخ|Subject|Objet|Sujet|الموضوع|To|À|A|إلى|الى|Cc"
_HEAD = re.compile(rf"(?:^[>*\t \u00a0]*(?:{_NAMES})\s*:[^\n]*\n){{2,}}", re.MULTILINE | re.IGNORECASE)
_FROM = re.compile(r"^[>*\t ]*(?:From|De|من|المرسل)[*\t ]*:([^\n]+)$", re.MULTILINE | re.IGNORECASE)
_LINE_ENDS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    """What a message says: "" where it does not say. `address` is as `contacts.mailbox` spells it."""

    words: str
    name: str = ""
    address: str = ""


def read(raw: bytes) -> Message:
    """The first author of a message and their words, forwarded as a file or in the text; any text will do."""
    message = message_from_bytes(raw, policy=policy.default)
    if not message.get("from"):
        pasted = cleanup.clean(raw.decode("utf-8", "replace"))
        return _forwarded(pasted) or Message(pasted)
    inner = _attached(message) or message
    words = _words(inner)
    return (_forwarded(words) if inner is message else None) or _by(str(inner.get("from", "")), words)


def _attached(message: EmailMessage) -> EmailMessage | None:
    """The message that is forwarded as a file."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.get_payload():
            return cast(EmailMessage, part.get_payload(0))
    return None


def _forwarded(words: str) -> Message | None:
    """The message below the lines that a mail program put above it."""
    head = _HEAD.search(words)
    by = _FROM.search(head[0]) if head else None
    return _by(by[1].strip(" \t\r*"), cleanup.clean(words[head.end() :])) if head and by else None


def _by(written: str, words: str) -> Message:
    name, address = parseaddr(re.sub(r"\[?mailto:|\]", "", written))
    mailbox = contacts.mailbox(address)
    return Message(words, cleanup.clean_line(name if mailbox else written, 120), mailbox)


def _words(message: EmailMessage) -> str:
    try:
        body = message.get_body(("plain", "html"))
        content = body.get_content() if body else ""
    except (LookupError, ValueError, AttributeError):  # an unknown charset, a broken part
        return ""
    if body and body.get_content_subtype() == "html":
        content = html.unescape(nh3.clean(_LINE_ENDS.sub("\n", content), tags=set()))
    return cleanup.clean(content)
