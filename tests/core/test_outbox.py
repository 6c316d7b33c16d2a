"""Mail is a row written with the work it tells of; the worker sends it once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier

import pytest
from sqlalchemy import select

from cocreation.core import clock, database, outbox
from cocreation.core.database import session
from cocreation.core.outbox import Mail


def queue(*keys):
    for key in keys:
        outbox.post(to=f"{key}@example.org", template="any", key=key, language="fr", about="something")
    session.commit()


def compose(mail):
    message = EmailMessage()
    message["To"] = mail.to
    return message


def rows():
    found = list(session.scalars(select(Mail).order_by(Mail.id)))
    session.remove()
    return found


@pytest.fixture
def postman(app, now):
    """Delivers into a list."""
    sent = []
    return sent, lambda message: sent.append(message["To"])


def test_what_is_due_is_sent_in_order_and_once(postman):
    sent, deliver = postman
    queue("one", "two")
    assert outbox.send_due(compose, deliver) == 2
    assert outbox.send_due(compose, deliver) == 0
    assert sent == ["one@example.org", "two@example.org"]


def test_what_was_sent_keeps_neither_address_nor_content(postman):
    queue("one")
    outbox.send_due(compose, postman[1])
    (mail,) = rows()
    assert (mail.to, mail.context, mail.failure) == ("", {}, None)
    assert mail.sent_at is not None


def test_one_event_is_one_mail(postman):
    queue("one", "one")
    queue("one")
    assert outbox.send_due(compose, postman[1]) == 1
    queue("one")
    assert outbox.send_due(compose, postman[1]) == 0


def test_work_that_is_rolled_back_leaves_no_mail(postman):
    outbox.post(to="one@example.org", template="any", key="one")
    session.rollback()
    assert outbox.send_due(compose, postman[1]) == 0


def test_what_fails_is_tried_again_later_each_time_and_does_not_hold_up_the_others(postman, now):
    sent, deliver = postman
    queue("bad", "good")

    def refusing(message):
        if message["To"].startswith("bad"):
            raise ConnectionError("no route to bad@example.org")
        deliver(message)

    waits, moment = [], now
    for _ in range(outbox.MOST_TRIES + 2):
        with clock.frozen(moment):
            outbox.send_due(compose, refusing)
        due = rows()[0].due_at
        if due > moment:
            waits.append(due - moment)
            moment = due
    assert sent == ["good@example.org"]
    assert waits == [timedelta(minutes=2**n) for n in range(1, outbox.MOST_TRIES + 1)]
    assert rows()[0].tries == outbox.MOST_TRIES
    assert rows()[0].failure.startswith("ConnectionError")


def test_a_mail_that_cannot_be_composed_does_not_hold_up_the_others(postman):
    sent, deliver = postman
    queue("bad", "good")

    def composing(mail):
        if mail.key == "bad":
            raise KeyError("template")
        return compose(mail)

    assert outbox.send_due(composing, deliver) == 1
    assert sent == ["good@example.org"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_two_workers_never_send_one_mail_twice(postman, database_url):
    sent, deliver = postman
    queue(*(f"mail{n}" for n in range(12)))
    meeting = Barrier(2, timeout=10)
    first = {"yes": True, "no": True}

    def work(name):
        def slowly(message):
            if first.pop(name, None):
                meeting.wait()  # both hold a mail at the same moment, so they must be two
            deliver(message)

        database.writing()
        try:
            return outbox.send_due(compose, slowly)
        finally:
            session.remove()

    with clock.frozen(clock.now()), ThreadPoolExecutor(2) as workers:
        counts = list(workers.map(work, ["yes", "no"]))
    assert sum(counts) == 12
    assert min(counts) >= 1
    assert sorted(sent) == sorted(f"mail{n}@example.org" for n in range(12))
