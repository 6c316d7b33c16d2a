"""Mails that did not arrive: who sees which, what they can do, and what operators and desks are told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.accounts.emails import FORGOTTEN
from cocreation.core import clock, outbox, pulse, secrets, undelivered
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.delivery import MailRefused
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.core.outbox import Mail
from cocreation.demographics.models import Capacity
from cocreation.ideas.emails import ASKED
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import format_datetime, speaking
from cocreation.meetings.models.meeting import Meeting
from cocreation.places import emails as places_emails
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.portal.mails.subjects import subjects
from cocreation.submission.emails import CONFIRM
from cocreation.web.post import compose
from tests.cast import THEN
from tests.desk import received
from tests.forms import csrf_token, press
from tests.html import numbers, texts
from tests.processes import free_port

PAGE, DESK = "/en/manage/mails", "/en/desk"


def refusing(_message):
    raise MailRefused("550 5.1.1 no such user")


@pytest.fixture
def nadia(cast):
    """Somebody at the cast's meeting whose address is wrong."""
    row = Registration(
        meeting_id=cast.meeting.id,
        receipt=secrets.new_receipt(),
        once="once",
        state=RegistrationState.WAITING,
        name="Nadia Alaoui",
        folded="nadia alaoui",
        email="nadia@exmaple.org",
        capacity=Capacity.CITIZEN,
        language="fr",
        registered_at=THEN,
        queued_at=THEN,
    )
    session.add(row)
    session.flush()
    places_emails.tell(
        row, session.get_one(Meeting, cast.meeting.id), places_emails.WAITING, now=THEN, turn=1
    )
    session.commit()
    return row


@pytest.fixture
def failed(cast, nadia):
    """Hers, one of the author of an idea, and one of a colleague have failed; their ids."""
    received(cast, email="omar@example.org")
    way = {"language": "fr", "key": "idea"}
    outbox.post(ASKED, to="omar@example.org", **way, **asked_of("2026-1"))
    news = replace(FORGOTTEN, urgency=Urgency.NEWS)
    outbox.post(news, to=cast.farid.email, language="fr", key="person", token="t")
    session.commit()
    assert outbox.send_due(lambda mail: compose(cast.app, mail), refusing) == 0
    ids = {mail.template: mail.id for mail in session.scalars(select(Mail))}
    session.remove()
    return ids


def asked_of(reference):
    return {
        "receipt": "AAAA-BBBB-CCCC-DDDD",
        "reference": reference,
        "question": {"fr": "Où ?"},
        "answer_by": "2026-03-20",
    }


def act(client, address):
    """Whatever the page offers."""
    return client.post(address, data={"csrf_token": csrf_token(client), "confirmed": "1"}).status_code


def not_arrived(page):
    """How many mails a notice says did not arrive, on the way to them."""
    return numbers(page, f".notice-waiting a[href='{PAGE}']")


def shown(moment):
    with speaking("en"):
        return format_datetime(moment)


def left():
    session.remove()
    return {mail.template: mail.failed_at for mail in session.scalars(select(Mail))}


def test_the_secretariat_sees_whom_each_was_for_and_where_to_act(cast, nadia, failed):
    page = cast.visitor(cast.salma).get(PAGE).text
    assert "Nadia Alaoui" in page
    assert f"/en/manage/meetings/OR1/participants/{nadia.id}" in page
    assert "/en/manage/dispositions/screening/2026-1" in page
    assert cast.farid.name in page
    assert "550 5.1.1 no such user" in page
    assert page.count("nadia@exmaple.org") == 1
    assert not_arrived(page) == []  # which is the way to this page


def test_the_page_of_a_person_says_that_a_mail_did_not_reach_them(cast, nadia, failed):
    page = f"/en/manage/meetings/OR1/participants/{nadia.id}"
    assert not_arrived(cast.visitor(cast.salma).get(page).text) == [1]
    undelivered.dismiss(Mail.id == failed["meetings/waiting"])
    session.commit()
    assert not_arrived(cast.visitor(cast.salma).get(page).text) == []


def test_each_link_of_the_page_opens(cast, nadia, failed):
    amal = cast.visitor(cast.amal)
    main = amal.get(PAGE).text.split("<main")[1].split("</main>")[0]
    links = {part.split('"')[0] for part in main.split('href="')[1:]}
    assert len(links) >= 4
    for link in links:
        assert amal.get(link).status_code == 200, link


def test_a_coordinator_sees_those_of_their_meetings_alone(cast, nadia, failed):
    karim = cast.visitor(cast.karim)
    page = karim.get(PAGE).text
    assert "Nadia Alaoui" in page
    assert "omar@example.org" not in page
    assert cast.farid.email not in page
    for template, mail_id in failed.items():
        status = act(karim, f"{PAGE}/{mail_id}/retry")
        assert status == (302 if template.startswith("meetings/") else 404)
    assert [template for template, at in left().items() if at is None] == ["meetings/waiting"]


def test_all_that_somebody_sees_can_be_sent_again(cast, nadia, failed):
    press(cast.visitor(cast.karim), PAGE, f"{PAGE}/retry")
    assert sum(at is None for at in left().values()) == 1
    press(cast.visitor(cast.salma), PAGE, f"{PAGE}/retry")
    assert set(left().values()) == {None}
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("mails to be sent again") == 2


def test_one_can_be_given_up_and_its_address_goes_with_it(cast, nadia, failed):
    salma = cast.visitor(cast.salma)
    assert press(salma, PAGE, f"{PAGE}/{failed['ideas/asked']}/dismiss").status_code == 302
    assert "ideas/asked" not in left()
    assert act(salma, f"{PAGE}/{failed['ideas/asked']}/dismiss") == 404


def test_an_idea_without_a_number_yet_is_nobody_elses(cast, failed):
    idea = session.scalars(select(Idea)).one()
    idea.reference, idea.number, idea.state = None, None, IdeaState.UNCONFIRMED
    way = {"receipt": idea.receipt, "until": THEN.isoformat()}
    outbox.post(CONFIRM, to="omar@example.org", key="confirm", language="fr", **way)
    session.commit()
    outbox.send_due(lambda mail: compose(cast.app, mail), refusing)
    mails = session.scalars(select(Mail).where(undelivered.FAILED)).all()
    with cast.app.app_context():
        names = {mail.template: subjects(mails)[mail.id] for mail in mails}
    assert names["accounts/forgotten"].name == cast.farid.name
    assert names["ideas/confirm"].endpoint == ""


def test_one_that_cannot_be_composed_is_shown_all_the_same(cast):
    outbox.post(MailKind("no/such"), to="nadia@example.org", key="one", language="fr", name="Nadia")
    session.commit()
    outbox.send_due(lambda mail: compose(cast.app, mail), refusing)
    page = cast.visitor(cast.salma).get(PAGE).text
    assert "no/such" in page
    assert "Nadia" in page


def test_many_cost_as_many_statements_as_one(cast, statements, nadia, failed):
    salma = cast.visitor(cast.salma)
    with statements() as few:
        salma.get(PAGE)
    for number in range(15):
        outbox.post(ASKED, to=f"a{number}@example.org", key=f"{number}", **asked_of("2026-1"))
    session.commit()
    outbox.send_due(lambda mail: compose(cast.app, mail), refusing)
    session.remove()
    with statements() as many:
        salma.get(PAGE)
    assert len(many) == len(few) <= 12


def test_the_desk_says_what_keeps_mail_from_leaving(cast, nadia):
    salma = cast.visitor(cast.salma)

    def notices(kind):
        return texts(salma.get(DESK).text, f".notice-{kind}")

    [never_seen] = notices("refused")
    assert "2026" not in never_seen
    pulse.beat(pulse.WORKER, THEN)
    pulse.beat(pulse.POST, THEN)
    session.commit()
    assert not texts(salma.get(DESK).text, ".notice")
    later = THEN + timedelta(minutes=11)
    with clock.frozen(later):
        [silent], [late] = notices("refused"), notices("waiting")
        assert shown(THEN) in silent, "since when the worker is not seen"
        assert re.search(r"\b1\b", late), "how many wait"
        assert shown(later) not in late
        pulse.beat(pulse.POST, later, trouble="Connection refused")
        session.commit()
        [away] = notices("waiting")
        assert shown(later) in away, "since when the mail server is away"
        assert "Connection refused" in away
        outbox.send_due(lambda mail: compose(cast.app, mail), refusing)
        assert not_arrived(salma.get(DESK).text) == [1]
        assert PAGE in cast.visitor(cast.karim).get(DESK).text


def test_readiness_tells_of_mail_and_worker_and_stays_ready(cast, client, nadia):
    session.remove()
    ready = client.get("/ready")
    assert ready.json["mail"] == {
        "status": f"waiting since {THEN.isoformat()}",
        "waiting": 1,
        "oldest_due_seconds": 0,
        "failed": 0,
        "server": "no trouble",
    }
    assert ready.json["worker"] == {"status": "never seen", "last_seen": None}
    pulse.beat(pulse.WORKER, THEN)
    pulse.beat(pulse.POST, THEN, trouble="Connection refused")
    outbox.send_due(lambda mail: compose(cast.app, mail), refusing)
    later = THEN + timedelta(minutes=4)
    with clock.frozen(later):
        ready = client.get("/ready")
    assert ready.status_code == 200
    assert ready.json["mail"]["failed"] == 1
    assert ready.json["mail"]["status"] == "nothing waits"
    assert ready.json["mail"]["server"] == f"away since {THEN.isoformat()}"
    assert ready.json["worker"]["status"] == "silent"
    assert "Connection" not in ready.text


def test_commands_say_what_waits_and_try_again(cast, nadia, failed):
    run = cast.app.test_cli_runner().invoke
    said = run(args=["mail", "waiting"]).output
    assert "3 failed" in said
    assert "550 5.1.1" in said
    assert "@" not in said
    assert run(args=["mail", "retry"]).exit_code == 2
    assert run(args=["mail", "retry", "999"]).exit_code == 1
    assert "1 to be sent again" in run(args=["mail", "retry", str(failed["ideas/asked"])]).output
    assert "2 to be sent again" in run(args=["mail", "retry", "--all"]).output
    said = run(args=["mail", "waiting"]).output
    assert "3 waiting: 1 awaited, 2 news." in said
    assert "0 failed" in said
    assert "3 sent" in run(args=["mail", "send"]).output, run(args=["mail", "waiting"]).output


def test_a_command_says_when_there_is_no_server(cast, nadia, monkeypatch):
    from cocreation.core import delivery

    def nobody(_url, _authority=""):
        return real(f"smtp://127.0.0.1:{free_port()}")

    real = delivery.deliverer
    monkeypatch.setattr(delivery, "deliverer", nobody)
    for command in (["mail", "send"], ["worker", "--once"]):
        answer = cast.app.test_cli_runner().invoke(args=command)
        assert answer.exit_code == 1
        assert "The mail server is away: ConnectionRefusedError" in answer.output
        if command[0] == "mail":
            assert "refused. All that waits will be sent." in answer.output
    assert "1 waiting" in cast.app.test_cli_runner().invoke(args=["mail", "waiting"]).output


def test_a_failed_mail_is_deleted_after_its_term(cast, nadia, failed):
    undelivered.forget(THEN + timedelta(days=31))
    session.commit()
    assert left() == {}
