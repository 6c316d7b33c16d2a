"""Mails reach a folder anyone can read, or a mail server."""

import smtplib
import socket
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult

from cocreation.core import clock, delivery

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # this server is as far as this machine goes


@pytest.fixture
def message():
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "us@example.org", "them@example.org", "وصل رقم 7"
    written.set_content("مرحبا، هذا وصلك.\n")
    written.add_alternative('<p dir="rtl">مرحبا</p>', subtype="html")
    return written


class Mailbox(Message):
    def __init__(self):
        super().__init__()
        self.received = []

    def handle_message(self, message):
        self.received.append(message)


@pytest.fixture
def server():
    """A mail server that wants a name and a password."""
    mailbox = Mailbox()

    def knows(_server, _session, _envelope, _mechanism, data):
        known = (data.login, data.password) == (b"us", b"p@ss")
        return AuthResult(success=known, handled=known)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        authenticator=knows,
        auth_require_tls=False,
        auth_required=True,
    )
    controller.start()
    yield controller, mailbox
    controller.stop()


def test_a_folder_holds_them_newest_first(tmp_path, message, now):
    deliver = delivery.deliverer(f"file:{tmp_path / 'mail'}")
    deliver(message)
    message.replace_header("Subject", "الثاني")
    with clock.frozen(now + timedelta(seconds=1)):
        deliver(message)
    found = list(delivery.mailbox(tmp_path / "mail"))
    assert [each["Subject"] for each in found] == ["الثاني", "وصل رقم 7"]
    assert "هذا وصلك" in found[0].get_body(("plain",)).get_content()


def test_an_empty_folder_is_an_empty_mailbox(tmp_path):
    assert list(delivery.mailbox(tmp_path / "nothing")) == []


def test_a_server_receives_what_was_written(server, message):
    controller, mailbox = server
    delivery.deliverer(f"smtp://us:p%40ss@127.0.0.1:{controller.port}")(message)
    (received,) = mailbox.received
    assert received["To"] == "them@example.org"
    assert received.get_content_type() == "multipart/alternative"
    plain, _html = received.get_payload()
    assert "هذا وصلك" in plain.get_payload(decode=True).decode()


def test_a_wrong_password_is_an_error_the_outbox_will_see(server, message):
    controller, mailbox = server
    with pytest.raises(smtplib.SMTPAuthenticationError):
        delivery.deliverer(f"smtp://us:wrong@127.0.0.1:{controller.port}")(message)
    assert mailbox.received == []


def test_another_scheme_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="MAIL_URL"):
        delivery.deliverer("http://example.org")
