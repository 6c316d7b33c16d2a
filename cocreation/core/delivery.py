"""Where mails go: a folder anyone can read by default, a mail server in production."""

from __future__ import annotations

import secrets
import smtplib
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cocreation.core import clock

Deliver = Callable[[EmailMessage], None]


def deliverer(url: str) -> Deliver:
    """What delivers to `url`: file:/a/folder, smtp://user:password@host:587 or smtps://…:465.

    Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return lambda message: _to_folder(Path(url.removeprefix("file:")), message)
    if parts.scheme in ("smtp", "smtps"):
        return lambda message: _to_server(url, message)
    raise ValueError(f"MAIL_URL is file:FOLDER, smtp:// or smtps://, not {parts.scheme}:")


def _to_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}.eml"
    unfinished = folder / f".{name}"
    unfinished.write_bytes(message.as_bytes(policy=policy.SMTPUTF8.clone(cte_type="8bit")))
    unfinished.rename(folder / name)


def _to_server(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    opened = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with opened(parts.hostname or "localhost", parts.port or 0, timeout=30) as server:
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def mailbox(folder: Path) -> Iterator[EmailMessage]:
    """The mails of a folder, newest first."""
    for path in sorted(folder.glob("*.eml"), reverse=True):
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        assert isinstance(message, EmailMessage)
        yield message
