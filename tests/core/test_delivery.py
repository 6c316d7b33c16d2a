"""Mails reach a folder anyone can read, or a mail server; what goes wrong is told apart."""

from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage

import pytest

from cocreation.core import clock, delivery
from tests.mail_server import Authority, MailServer, Manners, silent
from tests.processes import free_port

pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH"),  # this server is as far as this machine goes
    pytest.mark.filterwarnings("ignore:auth_required"),
]


@pytest.fixture
def message():
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "us@example.org", "them@example.org", "وصل رقم 7"
    written.set_content("مرحبا، هذا وصلك.\n")
    written.add_alternative('<p dir="rtl">مرحبا</p>', subtype="html")
    return written


@pytest.fixture
def server():
    """A mail server that wants a name and a password."""
    with MailServer(auth=True) as server:
        yield server


def deliver(url, message, authority=""):
    with closing(delivery.deliverer(url, authority)) as deliver_one:
        deliver_one(message)


def trouble(url, message, authority=""):
    """What went wrong."""
    with pytest.raises(delivery.MailNotSent) as told:
        deliver(url, message, authority)
    return told.value


def elsewhere(monkeypatch):
    """From now on, a server of this machine is one of another machine."""
    monkeypatch.setattr(delivery, "_is_this_machine", lambda _server: False)


def test_a_folder_holds_them_newest_first(tmp_path, message, now):
    deliver = delivery.deliverer(f"file:{tmp_path / 'mail'}")
    deliver(message)
    message.replace_header("Subject", "الثاني")
    with clock.frozen(now + timedelta(seconds=1)):
        deliver(message)
    found = list(delivery.mailbox(tmp_path / "mail"))
    assert [mail["Subject"] for mail in found] == ["الثاني", "وصل رقم 7"]
    assert "هذا وصلك" in found[0].get_body(("plain",)).get_content()


def test_an_empty_folder_is_an_empty_mailbox(tmp_path):
    assert list(delivery.mailbox(tmp_path / "nothing")) == []


def test_a_folder_that_cannot_be_written_is_a_server_that_is_away(tmp_path, message):
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(delivery.ServerAway):
        deliver(f"file:{tmp_path / 'mail'}", message)


def test_a_server_receives_what_was_written(server, message):
    deliver(f"smtp://us:p%40ss@127.0.0.1:{server.port}", message)
    (received,) = server.received
    assert received.to == received.content["To"] == "them@example.org"
    assert received.content.get_content_type() == "multipart/alternative"
    plain, _html = received.content.get_payload()
    assert "هذا وصلك" in plain.get_payload(decode=True).decode()


def test_a_wrong_password_is_an_error_the_outbox_will_see(server, message):
    with pytest.raises(delivery.ServerAway, match="535"):
        deliver(f"smtp://us:wrong@127.0.0.1:{server.port}", message)
    assert server.received == []


def test_another_scheme_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="MAIL_URL"):
        delivery.deliverer("http://example.org")


def test_many_mails_take_one_connection_and_a_new_one_now_and_then(message, monkeypatch):
    monkeypatch.setattr(delivery, "MOST_MAILS", 3)
    with MailServer() as server, closing(delivery.deliverer(server.url)) as deliver_one:
        for _ in range(7):
            deliver_one(message)
    assert (len(server.received), server.connections) == (7, 3)


def test_a_connection_the_server_has_closed_meanwhile_is_opened_again(message):
    server = MailServer().start()
    with closing(delivery.deliverer(server.url)) as deliver_one:
        deliver_one(message)
        server.stop()
        server.start()
        deliver_one(message)
    server.stop()
    assert len(server.received) == 2


def test_one_refused_does_not_cost_the_connection(message):
    with MailServer() as server, closing(delivery.deliverer(server.url)) as deliver_one:
        server.manners.answers["them@example.org"] = "550 5.1.1 <them@example.org>: no such user"
        with pytest.raises(delivery.MailRefused):
            deliver_one(message)
        server.manners.answers.clear()
        deliver_one(message)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 <them@example.org>: no such user", delivery.MailRefused),
        ("450 4.2.1 <them@example.org>: greylisted", delivery.RefusedForNow),
        ("554 5.7.1 <them@example.org>: Relay access denied", delivery.RefusedForNow),
        ("452 4.2.2 mailbox of them@example.org is full", delivery.RefusedForNow),
        ("452 4.3.1 Insufficient system storage", delivery.ServerAway),
        ("421 4.7.0 too many mails from you", delivery.ServerAway),
        ("530 5.7.0 Authentication required", delivery.ServerAway),
    ],
)
def test_what_an_answer_to_the_recipient_means(message, answer, kind):
    with MailServer(Manners(answers={"them@example.org": answer})) as server:
        told = trouble(server.url, message)
    assert isinstance(told, kind)
    assert answer[:3] in str(told)
    assert "them" not in str(told)  # what is kept and logged says no address


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 5.6.0 this looks like spam", delivery.MailRefused),
        ("451 4.7.1 not now", delivery.RefusedForNow),
        ("452 4.3.1 disk full", delivery.ServerAway),
    ],
)
def test_what_an_answer_to_the_content_means(message, answer, kind):
    with MailServer(Manners(to_content=answer)) as server:
        assert isinstance(trouble(server.url, message), kind)


def test_our_own_address_refused_is_no_fault_of_the_recipient(message):
    with MailServer(Manners(to_sender="553 5.1.8 sender unknown here")) as server:
        assert isinstance(trouble(server.url, message), delivery.ServerAway)


def test_nobody_there_and_nobody_who_answers_are_a_server_that_is_away(message, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    assert isinstance(trouble(f"smtp://127.0.0.1:{free_port()}", message), delivery.ServerAway)
    with silent() as port:
        assert isinstance(trouble(f"smtp://127.0.0.1:{port}", message), delivery.ServerAway)


def test_a_server_that_hangs_up_after_the_content_may_have_taken_it(message):
    with MailServer(Manners(hangs_up=1)) as server:
        assert isinstance(trouble(server.url, message), delivery.HungUp)
    assert len(server.received) == 1


def test_a_slow_server_is_waited_for_once_it_has_the_content(message, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    with MailServer(Manners(seconds=0.8)) as server:
        deliver(server.url, message)
    assert len(server.received) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_its_authority_vouches_for_gets_the_password_and_the_mail(message, tmp_path, scheme):
    authority = Authority(tmp_path)
    way = {"tls" if scheme == "smtps" else "starttls": authority.server_side()}
    with MailServer(auth=True, **way) as server:
        deliver(f"{scheme}://us:p%40ss@127.0.0.1:{server.port}", message, str(authority.file))
    assert (len(server.received), server.passwords) == (1, 1)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize("authority", ["of the machine", "another one"])
def test_anybodys_certificate_gets_neither_password_nor_mail(message, tmp_path, scheme, authority):
    way = {"tls" if scheme == "smtps" else "starttls": Authority(tmp_path, "Anybody").server_side()}
    ours = "" if authority == "of the machine" else str(Authority(tmp_path, "Ours").file)
    with MailServer(auth=True, **way) as server:
        told = trouble(f"{scheme}://us:p%40ss@127.0.0.1:{server.port}", message, ours)
    assert "CERTIFICATE_VERIFY_FAILED" in str(told)
    assert (server.received, server.passwords) == ([], 0)


def test_a_certificate_of_another_name_gets_nothing(message, tmp_path):
    authority = Authority(tmp_path)
    with MailServer(auth=True, starttls=authority.server_side("127.0.0.9")) as server:
        told = trouble(f"smtp://us:p%40ss@127.0.0.1:{server.port}", message, str(authority.file))
    assert "CERTIFICATE_VERIFY_FAILED" in str(told)
    assert (server.received, server.passwords) == ([], 0)


def test_another_machine_without_encryption_gets_nothing(server, message, monkeypatch):
    elsewhere(monkeypatch)
    with pytest.raises(delivery.ServerAway, match="STARTTLS"):
        deliver(f"smtp://us:p%40ss@127.0.0.1:{server.port}", message)
    assert (server.received, server.passwords) == ([], 0)


def test_another_machine_is_spoken_to_encrypted(message, tmp_path, monkeypatch):
    elsewhere(monkeypatch)
    authority = Authority(tmp_path)
    with MailServer(starttls=authority.server_side()) as server:
        deliver(server.url, message, str(authority.file))
    assert len(server.received) == 1
