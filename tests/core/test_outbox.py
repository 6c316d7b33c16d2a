"""Mail is a row written with the work it tells of; the worker sends it, whatever becomes of the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier

import pytest
from sqlalchemy import event, insert, select, text
from structlog.testing import capture_logs

from cocreation.core import clock, database, outbox, undelivered
from cocreation.core.database import session
from cocreation.core.delivery import CutOff, HungUp, MailRefused, RefusedForNow, ServerAway
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.core.outbox import Mail
from cocreation.web.post import message_id

ANY = MailKind("any")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def queue(*keys, urgency=Urgency.NEWS):
    for key in keys:
        way = {"to": f"{key}@example.org", "language": "fr"}
        outbox.post(MailKind("any", urgency=urgency), key=key, about="something", **way)
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
    outbox.post(ANY, to="one@example.org", key="one")
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
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits)
    assert max(waits) == outbox.LONGEST_PAUSE
    assert (
        5 * DAY <= sum(waits, timedelta()) < 6 * DAY
    )  # so long, as RFC 5321 asks for, and then it has failed
    bad = rows()[0]
    assert (bad.tries, bad.failed_at) == (outbox.MOST_TRIES, moment)
    assert bad.failure == "ConnectionError: no route to …"


def test_a_mail_that_cannot_be_composed_does_not_hold_up_the_others(postman):
    sent, deliver = postman
    queue("bad", "good")

    def composing(mail):
        if mail.key == "bad":
            raise KeyError("template")
        return compose(mail)

    assert outbox.send_due(composing, deliver) == 1
    assert sent == ["good@example.org"]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)  # SQLite has one writer at a time
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


def test_a_day_without_a_server_uses_up_no_try_and_then_everyone_has_each_mail_once_by_urgency(postman, now):
    sent, deliver = postman
    queue_many("fates", 100, Urgency.MAILING)
    queue("news")
    tried = []

    def away(message):
        tried.append(message["To"])
        raise ServerAway("Connection refused")

    for minutes in range(0, 24 * 60, 15):
        if minutes == 600:
            queue_many("receipt", 500, Urgency.AWAITED)
        with clock.frozen(now + timedelta(minutes=minutes)), pytest.raises(ServerAway):
            outbox.send_due(compose, away)
    assert len(tried) == 24 * 4  # one each time, not each of those that wait
    assert {(mail.tries, mail.failed_at, mail.leased_until, mail.repeats) for mail in rows()} == {
        (0, None, None, 0)
    }
    with clock.frozen(now + DAY):
        assert outbox.send_due(compose, deliver) == 601
    addresses = [f"receipt{n}@example.org" for n in range(500)]
    assert sent == [*addresses, "news@example.org", *(f"fates{n}@example.org" for n in range(100))]


def queue_many(name, count, urgency):
    way = {"language": "fr", "context": {}}
    mails = [{**way, "to": f"{name}{n}@example.org", "key": f"{name}{n}"} for n in range(count)]
    assert outbox.post_all(MailKind("any", urgency=urgency), mails) == count
    session.commit()


@pytest.mark.own_database
def test_no_lock_of_the_database_is_held_while_a_server_takes_its_time(postman, app):
    queue("one", "two")
    written = []

    def slowly(_message):
        assert not session().in_transaction()
        with app.extensions["engine"].connect() as somebody_else:
            patient = (
                "PRAGMA busy_timeout=100" if database_is_sqlite(somebody_else) else "SET lock_timeout=100"
            )
            somebody_else.exec_driver_sql(patient)
            somebody_else.execute(text("UPDATE outbox SET language = 'ar'"))
            somebody_else.commit()
        written.append(1)

    assert outbox.send_due(compose, slowly) == 2
    assert len(written) == 2


def database_is_sqlite(connection):
    return connection.dialect.name == "sqlite"


class Killed(BaseException):
    """The process ends here."""


def test_killed_between_sending_and_marking_it_is_sent_again_under_the_same_number_and_counted(postman, now):
    numbers = []
    queue("one", "two")

    def composing(mail):
        numbers.append(message_id(mail, "example.org"))
        return compose(mail)

    def killed(_message):
        raise Killed

    with pytest.raises(Killed):
        outbox.send_due(composing, killed)
    session.rollback()
    assert outbox.send_due(composing, postman[1]) == 1  # the other one: nobody knows yet that it is free
    with clock.frozen(now + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.send_due(composing, postman[1]) == 1
    assert postman[0] == ["two@example.org", "one@example.org"]
    assert numbers[0] == numbers[2] != numbers[1]
    assert [mail.repeats for mail in rows()] == [1, 0]
    assert undelivered.repeated() == 1


def test_one_the_server_hung_up_on_goes_behind_the_others_and_is_counted(postman, now):
    sent, deliver = postman
    queue("bad", "good")

    def hanging_up(message):
        if message["To"].startswith("bad"):
            raise HungUp("Connection unexpectedly closed")
        deliver(message)

    with pytest.raises(ServerAway):
        outbox.send_due(compose, hanging_up)
    assert outbox.send_due(compose, hanging_up) == 1
    assert sent == ["good@example.org"]
    bad = rows()[0]
    assert (bad.repeats, bad.tries, bad.sent_at, bad.failed_at) == (1, 1, None, None)


def test_one_that_the_server_always_answers_with_a_421_does_not_hold_up_the_others(postman, now):
    deliver = postman[1]
    queue("bad", "good")

    def busy(message):
        if message["To"].startswith("bad"):
            raise CutOff("421 4.7.0 try again later")
        deliver(message)

    with pytest.raises(ServerAway):
        outbox.send_due(compose, busy)
    assert outbox.send_due(compose, busy) == 1
    assert (rows()[0].tries, rows()[0].failed_at) == (0, None)


def test_a_refused_recipient_has_failed_at_once_is_logged_without_address_and_can_be_tried_again(
    postman, now
):
    queue("bad", "good")

    def refusing(message):
        if message["To"].startswith("bad"):
            raise MailRefused("550 5.1.1 <bad@example.org>: no such user")
        postman[1](message)

    with capture_logs() as said:
        assert outbox.send_due(compose, refusing) == 1
    (line,) = said
    assert (line["event"], line["mail"], line["template"]) == ("mail failed", rows()[0].id, "any")
    assert "@" not in str(line)
    bad = rows()[0]
    assert (bad.failed_at, bad.failure) == (now, "550 5.1.1 <…>: no such user")
    assert undelivered.standing(now).failed == 1
    assert outbox.send_due(compose, postman[1]) == 0
    assert undelivered.retry(now) == 1
    session.commit()
    assert outbox.send_due(compose, postman[1]) == 1
    assert postman[0] == ["good@example.org", "bad@example.org"]


def test_one_that_cannot_be_composed_has_failed_where_it_is_seen(postman, now):
    queue("bad")

    def composing(_mail):
        raise KeyError("template of bad@example.org")

    with capture_logs() as said:
        outbox.send_due(composing, postman[1])
    assert [(line["event"], line["failure"]) for line in said] == [("mail failed", "KeyError")]
    assert rows()[0].failed_at == now
    assert rows()[0].failure == "KeyError: 'template of …'"


def test_told_to_stop_it_stops_between_two_mails(postman):
    sent, deliver = postman
    queue("one", "two", "three")
    assert outbox.send_due(compose, deliver, stop=lambda: len(sent) == 2) == 2
    assert [mail.leased_until for mail in rows()] == [None] * 3


def test_what_is_taken_back_while_it_is_sent_stays_taken_back(postman):
    outbox.post(ANY, to="one@example.org", key="one", receipt="ABCD")
    session.commit()

    def meanwhile(_message):
        assert outbox.withdraw("ABCD") == 1
        session.commit()

    outbox.send_due(compose, meanwhile)
    assert rows() == []


def test_words_are_taken_back_from_what_failed_too(postman, now):
    outbox.post(ANY, to="one@example.org", key="one", reference="2026-1", words="Des mots durs")
    session.commit()

    def refusing(_message):
        raise MailRefused("550")

    outbox.send_due(compose, refusing)
    outbox.unsay("Des mots durs", about="2026-1", but=None)
    session.commit()
    assert rows()[0].context["words"] == ""


def test_what_was_sent_or_failed_has_a_term(postman, now):
    queue("sent", "failed", "waits")

    def some(message):
        if message["To"].startswith("failed"):
            raise MailRefused("550 5.1.1")
        if message["To"].startswith("waits"):
            raise RefusedForNow("450 4.2.1")

    outbox.send_due(compose, some)
    for days, left in ((29, 3), (31, 2), (89, 2), (91, 1)):
        undelivered.forget(now + days * DAY)
        session.commit()
        assert len(rows()) == left
    assert rows()[0].key == "waits"


@pytest.mark.parametrize("behind", [timedelta(milliseconds=1), timedelta(minutes=5)])
def test_what_another_worker_has_is_left_to_it_though_it_looked_at_the_clock_later(postman, now, behind):
    sent, deliver = postman
    with clock.frozen(now - HOUR):
        queue("one")

    def meanwhile(message):
        with clock.frozen(now - behind):
            assert outbox.send_due(compose, deliver) == 0
        deliver(message)

    assert outbox.send_due(compose, meanwhile) == 1
    assert sent == ["one@example.org"]
    assert rows()[0].repeats == 0


def test_the_clock_that_was_ahead_holds_nothing_back(postman, now):
    with clock.frozen(now + DAY):
        queue("early")

        def killed(_message):
            raise Killed

        queue("leased")
        with pytest.raises(Killed):
            outbox.send_due(compose, killed)
        session.rollback()
    assert outbox.send_due(compose, postman[1]) == 0
    assert outbox.put_right(now) == 2
    session.commit()
    assert outbox.send_due(compose, postman[1]) == 2


def test_how_it_stands(app, now):
    queue("a", "b", urgency=Urgency.MAILING)
    with clock.frozen(now + HOUR):
        queue("c", urgency=Urgency.AWAITED)
    standing = undelivered.standing(now + HOUR)
    assert standing.waiting == {Urgency.AWAITED: 1, Urgency.MAILING: 2}
    assert (standing.count, standing.oldest, standing.failed) == (3, now, 0)


@pytest.mark.own_database
def test_the_next_mail_is_found_without_reading_those_that_were_sent(app, now, statements):
    """Among many sent ones, refused ones that wait for another day, and those of lesser urgency."""
    many = {"to": "", "language": "fr", "template": "any", "context": {}, "queued_at": now}
    session.execute(
        insert(Mail), [{**many, "key": f"sent{n}", "due_at": now, "sent_at": now} for n in range(3000)]
    )
    session.execute(
        insert(Mail), [{**many, "key": f"later{n}", "urgency": 0, "due_at": now + DAY} for n in range(500)]
    )
    session.commit()
    queue("one")
    engine = app.extensions["engine"]
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE outbox")
        connection.commit()
    with statements() as asked:
        assert outbox.send_due(compose, lambda _message: None) == 1
    searches = [statement for statement in asked if statement.lstrip().startswith("SELECT")]
    assert len(searches) == 5  # two urgencies until there is one, three to see that there is no other
    for urgency in Urgency:
        assert "ix_outbox_waiting" in plan(urgency, now)


def plan(urgency, now):
    """How the database looks for the next mail of an urgency."""
    engine, asked = session.get_bind(), []

    def note(_connection, _cursor, statement, parameters, *_):
        if "LIMIT" in statement:
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    outbox._next(urgency, now)
    event.remove(engine, "before_cursor_execute", note)
    ((statement, parameters),) = asked
    word = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    lines = session.connection().exec_driver_sql(f"{word} {statement}", parameters).all()
    session.rollback()
    return str(lines)
