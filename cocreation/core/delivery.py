"""Where mails go: a folder anyone can read by default, a mail server in production.

What can go wrong is one of three things, since each asks for something else: the server is away or busy
(`ServerAway`: everything waits, nothing is lost), one mail is refused for now (`RefusedForNow`: it is tried
later), or for ever (`MailRefused`: somebody has to act). None of them says an address.
"""

from __future__ import annotations

import secrets
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from cocreation.core import clock
from cocreation.core.contacts import without_addresses

TIMEOUT = 20  # seconds for a connection and for the answer to each command
# After the content a server may take its time: who does not wait sends it again (RFC 5321, 4.5.3.2).
CONTENT_TIMEOUT = 120
MOST_MAILS = 100  # through one connection
MOST_SAID = 300  # characters kept of what a server answered
# What a server answers about itself or about how we came, whichever mail it was: RFC 4954 and RFC 5321.
ABOUT_US = (421, 454, 530, 534, 535, 538)


class MailNotSent(Exception):
    """Why a mail was not sent, in words without an address."""

    def __init__(self, why: object) -> None:
        super().__init__(without_addresses(" ".join(str(why).split()))[:MOST_SAID])


class ServerAway(MailNotSent):
    """The server cannot be reached, trusted or signed in to, or takes nothing from anybody for now."""


class CutOff(ServerAway):
    """It was so while a mail was in hand: that one may be the reason, and lets the others go first."""


class HungUp(CutOff):
    """The server was gone while it had the mail's content: whether it took it, nobody knows."""


class RefusedForNow(MailNotSent):
    """The server does not take this mail now, and may later."""


class MailRefused(MailNotSent):
    """The server will never take this mail."""


class Deliver(Protocol):
    """Delivers messages one after the other, through one connection where there is one, until closed.

    Raises a MailNotSent.
    """

    def __call__(self, message: EmailMessage) -> None: ...

    def close(self) -> None: ...


def deliverer(url: str, authority: str = "") -> Deliver:
    """What delivers to `url`: file:/a/folder, smtp://user:password@host:587 or smtps://…:465.

    The server's certificate is verified by the authorities of the machine, or those in the file `authority`.
    Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _Folder(Path(url.removeprefix("file:")))
    if parts.scheme in ("smtp", "smtps"):
        return _Server(url, authority)
    raise ValueError(f"MAIL_URL is file:FOLDER, smtp:// or smtps://, not {parts.scheme}:")


class _Folder:
    number = count()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, message: EmailMessage) -> None:
        content = message.as_bytes(policy=policy.SMTPUTF8.clone(cte_type="8bit"))
        # Several may leave in one moment: the folder keeps their order.
        name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{next(self.number):06}-{secrets.token_hex(3)}.eml"
        unfinished = self.folder / f".{name}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
            unfinished.rename(self.folder / name)
        except OSError as error:  # full, or not ours to write to
            raise ServerAway(f"{type(error).__name__}: {error.strerror}") from error

    def close(self) -> None:
        pass


class _Patient(smtplib.SMTP):
    """Waits longer for the answer to a content, and says whether one was begun."""

    has_content = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.has_content = True
        assert self.sock
        self.sock.settimeout(CONTENT_TIMEOUT)
        answer = super().data(msg)
        if self.sock:
            self.sock.settimeout(TIMEOUT)
        return answer


class _PatientAndEncrypted(_Patient, smtplib.SMTP_SSL):
    pass


class _Server:
    def __init__(self, url: str, authority: str) -> None:
        self.parts, self.authority = urlsplit(url), authority
        self.server: _Patient | None = None
        self.delivered = 0

    def __call__(self, message: EmailMessage) -> None:
        server = self._ready()
        try:
            _hand_over(server, message)
        except MailNotSent as error:
            if isinstance(error, ServerAway):
                self.close()
            raise
        self.delivered += 1

    def close(self) -> None:
        server, self.server = self.server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _ready(self) -> _Patient:
        """A connection that takes a mail: the last one while it still answers, else a new one."""
        if self.server is not None and self.delivered < MOST_MAILS:
            with suppress(OSError, smtplib.SMTPException):
                if self.server.rset()[0] == 250:
                    return self.server
        self.close()
        self.server, self.delivered = self._opened(), 0
        return self.server

    def _opened(self) -> _Patient:
        with _away():
            context = ssl.create_default_context(cafile=self.authority or None)
            host, port = self.parts.hostname or "localhost", self.parts.port or 0
            if self.parts.scheme == "smtps":
                server: _Patient = _PatientAndEncrypted(host, port, timeout=TIMEOUT, context=context)
            else:
                server = _Patient(host, port, timeout=TIMEOUT)
        try:
            with _away():
                self._introduce(server, context)
        except ServerAway:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Say who we are, encrypted and to a server that proved who it is, unless it is this very machine."""
        server.ehlo_or_helo_if_needed()
        is_local = _is_this_machine(server)
        is_private = is_local and not (self.parts.username or self.authority)
        if self.parts.scheme == "smtp" and server.has_extn("starttls") and not is_private:
            server.starttls(context=context)
            server.ehlo()
        elif self.parts.scheme == "smtp" and not is_local:
            raise ServerAway("The mail server offers no encryption (STARTTLS): nothing goes to it in clear.")
        if self.parts.username:
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))


def _is_this_machine(server: smtplib.SMTP) -> bool:
    assert server.sock
    return ip_address(server.sock.getpeername()[0]).is_loopback


@contextmanager
def _away() -> Iterator[None]:
    """Whatever goes wrong before the first mail, or with a connection, is the server's being away."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise ServerAway(_said(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ssl.SSLError is an OSError
        raise ServerAway(f"{type(error).__name__}: {error}") from error


def _hand_over(server: _Patient, message: EmailMessage) -> None:
    """Send one message through an open connection. Raises a MailNotSent."""
    server.has_content = False
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPSenderRefused as error:
        # Our own address, or us: only that this one mail is too long is about the mail.
        kind = MailRefused if error.smtp_code == 552 else CutOff
        raise kind(_said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPNotSupportedError, ValueError) as error:  # an address or a header it cannot carry
        raise MailRefused(f"{type(error).__name__}: {error}") from error
    except (OSError, smtplib.SMTPException) as error:
        kind = HungUp if server.has_content else CutOff
        raise kind(f"{type(error).__name__}: {error}") from error


def _refusal(code: int, answer: bytes | str) -> MailNotSent:
    """What the answer to a recipient or to a content means: class 4 is for now, 5 for ever, subject 3 of an
    enhanced code (RFC 3463) is the server's own state. Whom it relays for is a matter of how it is set up,
    which can be put right.
    """
    said = _said(code, answer)
    if code in ABOUT_US or said.split(" ")[1].startswith("4.3."):
        return CutOff(said)
    for_ever = code >= 500 and "relay" not in said.lower()
    return MailRefused(said) if for_ever else RefusedForNow(said)


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {text or '?'}"


def mailbox(folder: Path) -> Iterator[EmailMessage]:
    """The mails of a folder, newest first."""
    for path in sorted(folder.glob("[!.]*.eml"), reverse=True):  # what is half written begins with a dot
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        assert isinstance(message, EmailMessage)
        yield message
