"""A mail server that misbehaves as asked: slow, silent, refusing, hanging up, with anybody's certificate.

It listens on the loopback alone, in a thread of the test. How it behaves can be changed while it runs.
"""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.processes import free_port

USER, PASSWORD = "us", "p@ss"


@dataclass(frozen=True)
class Received:
    """A mail as it came: by its `Message-ID`, at a moment of `time.monotonic`."""

    to: str
    message_id: str
    subject: str
    at: float
    content: EmailMessage


@dataclass
class Manners:
    """How it behaves: `seconds` a mail, what it answers to an address or a content, whether it hangs up."""

    seconds: float = 0
    answers: dict[str, str] = field(default_factory=dict)  # by address, at RCPT
    to_sender: str = ""
    to_content: str = ""
    hangs_up: int = 0  # so many times after a content, which it has taken
    silence: float = 0  # seconds after a content it has taken, before it says so


class MailServer:
    """Started with the block; `received` in the order in which they came."""

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        port: int = 0,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        auth: bool = False,
    ) -> None:
        self.port, self.manners = port or free_port(), manners or Manners()
        self.received: list[Received] = []
        self.connections = self.passwords = 0
        options: dict[str, Any] = {"hostname": "127.0.0.1", "port": self.port}
        if starttls:
            options["tls_context"] = starttls
        if tls:
            options["ssl_context"] = tls
        if auth:
            options |= {"authenticator": self._knows, "auth_require_tls": False, "auth_required": True}
        self.options = options
        self.controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> MailServer:
        self.controller = Controller(self, **self.options)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
        self.controller = None

    def __enter__(self) -> MailServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def addresses(self) -> list[str]:
        return [mail.to for mail in self.received]

    def _knows(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        self.passwords += 1
        matches = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=matches, handled=matches)

    # What aiosmtpd asks of a handler.

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.manners.to_sender:
            return self.manners.to_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self.manners.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.manners.seconds:
            await asyncio.sleep(self.manners.seconds)
        if self.manners.to_content:
            return self.manners.to_content
        content = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(content, EmailMessage)
        mail = Received(
            envelope.rcpt_tos[0], content["Message-ID"], content["Subject"], time.monotonic(), content
        )
        self.received.append(mail)
        if self.manners.silence:
            await asyncio.sleep(self.manners.silence)
        if self.manners.hangs_up:
            self.manners.hangs_up -= 1
            assert server.transport
            server.transport.abort()
        return "250 OK"


@contextmanager
def silent(port: int = 0) -> Iterator[int]:
    """A server that takes connections and says nothing; its port."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", port)) as listening:

        def take() -> None:
            while True:
                try:
                    taken.append(listening.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for connection in taken:
                connection.close()


class Authority:
    """Vouches for servers of this machine; `file` is what MAIL_CA names."""

    def __init__(self, folder: Path, name: str = "An authority") -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.BasicConstraints(ca=True, path_length=0)
        signed = self._of(self.name, self.key.public_key()).add_extension(usage, critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(signed.sign(self.key, hashes.SHA256()).public_bytes(_PEM))

    def server_side(self, host: str = "127.0.0.1") -> ssl.SSLContext:
        """What a server needs that this authority vouches for, under the address `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        named = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        signed = self._of(subject, key.public_key()).add_extension(named, critical=False)
        both = self.folder / f"server-{host}.pem"
        private = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        both.write_bytes(private + signed.sign(self.key, hashes.SHA256()).public_bytes(_PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        return context

    def _of(self, subject: x509.Name, key: Any) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        day = datetime.timedelta(days=1)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - day)
            .not_valid_after(now + day)
        )


_PEM = serialization.Encoding.PEM
