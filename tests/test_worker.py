"""The worker as a process: without a mail server, with a slow one, without its database, killed."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from cocreation.accounts.emails import FORGOTTEN
from cocreation.batches.models import Batch
from cocreation.batches.services import publication
from cocreation.core import outbox, secrets
from cocreation.core.database import connect, only_reading, session
from cocreation.core.delivery import ServerAway
from cocreation.core.mail_kinds import Urgency
from cocreation.core.outbox import Mail
from cocreation.core.pulse import POST, Pulse
from cocreation.demographics.models import Capacity
from cocreation.ideas.models.idea import Author
from cocreation.meetings.models.meeting import Meeting
from cocreation.places import emails as places_emails
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.worker import Post
from tests.databases import _migrate as migrated
from tests.desk import drafted
from tests.mail_server import MailServer, Manners
from tests.processes import platform, until
from tests.selection import crowd

PEOPLE, PLACES, AUTHORS = crowd(2000, 200), 60, crowd(200, 40)


def asked(statement):
    """What the database says now, whoever wrote it."""
    session.rollback()
    try:
        return session.scalar(statement)
    finally:
        session.remove()


def registered(cast, count, places=0):
    """So many people at the cast's meeting, the first with `places`, each with the receipt to be mailed."""
    now = datetime.now(UTC)
    common = {
        "meeting_id": cast.meeting.id,
        "capacity": Capacity.CITIZEN,
        "language": "fr",
        "registered_at": now,
        "queued_at": now,
        "address_confirmed_at": now,
    }
    people = [
        {
            **common,
            "state": RegistrationState.CONFIRMED if n < places else RegistrationState.WAITING,
            "once": f"once {n}",
            "receipt": secrets.new_receipt(),
            "name": f"Nom {n}",
            "folded": f"nom {n}",
            "email": f"p{n}@example.org",
        }
        for n in range(count)
    ]
    session.execute(insert(Registration), people)
    meeting = session.get_one(Meeting, cast.meeting.id)
    for registration in session.scalars(select(Registration).order_by(Registration.id)):
        turn = {"turn": 1} if registration.state is RegistrationState.WAITING else {}
        places_emails.tell(registration, meeting, places_emails.OF_STATE[registration.state], now=now, **turn)
    session.commit()
    session.remove()


def to_publish(cast, count):
    """A batch of ideas, each of another author, that the worker is to publish at once; its id."""
    batch_id = drafted(cast, count, email="author@example.org")
    for number, author in enumerate(session.scalars(select(Author).order_by(Author.idea_id))):
        author.email = f"a{number}@example.org"
    publication.begin_publishing(batch_id, by=cast.salma.id, now=datetime(2026, 3, 10, 9, tzinfo=UTC))
    session.commit()
    session.remove()
    return batch_id


def queue(*keys, urgency=Urgency.NEWS):
    """Mails as the platform sends them when somebody forgot a password."""
    for key in keys:
        way = {"to": f"{key}@example.org", "language": "fr"}
        outbox.post(replace(FORGOTTEN, urgency=urgency), key=key, token="t", **way)
    session.commit()
    session.remove()


def published(batch_id):
    return asked(select(Batch.published_at).where(Batch.id == batch_id))


def waiting():
    return asked(select(func.count()).select_from(Mail).where(outbox.WAITS))


# On SQLite, tests/core/test_outbox.py plays the same day without processes.
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_day_without_a_mail_server_and_then_everyone_has_each_mail_once(cast, database_url, tmp_path):
    server = MailServer()
    registered(cast, PEOPLE, PLACES)
    batch_id = to_publish(cast, AUTHORS)
    with platform(database_url, tmp_path, web=False, MAIL_URL=server.url) as running:
        until(lambda: published(batch_id))
        away = select(Pulse.away_since).where(Pulse.name == POST)
        until(lambda: asked(away))
        assert waiting() == PEOPLE + AUTHORS
        with server:
            until(lambda: len(server.received) >= PEOPLE + AUTHORS and not waiting(), patience=240, every=0.3)
            until(lambda: not asked(away))
        assert running.worker.is_alive()
        lines = [json.loads(line) for line in running.worker.said().splitlines() if line.startswith("{")]
    receipts, fates = server.addresses()[:PEOPLE], server.addresses()[PEOPLE:]
    assert Counter(receipts) == Counter(f"p{n}@example.org" for n in range(PEOPLE))
    assert Counter(fates) == Counter(f"a{n}@example.org" for n in range(AUTHORS))
    assert len({mail.message_id for mail in server.received}) == PEOPLE + AUTHORS
    assert server.connections < (PEOPLE + AUTHORS) * 60 / 2200
    assert len([line for line in lines if line["event"] == "mail server away"]) < 12
    assert {line["event"] for line in lines} <= {"mail server away"}


def test_a_slow_mail_server_holds_up_neither_fates_nor_places_nor_the_end(cast, database_url, tmp_path):
    queue(*(f"one{n}" for n in range(30)))
    registered(cast, 3)
    now = datetime.now(UTC)
    ahead = {"starts_at": now + timedelta(days=9), "ends_at": now + timedelta(days=9, hours=5)}
    session.execute(update(Meeting).values(promoting_since=now, **ahead))
    session.commit()
    session.remove()
    placed = select(func.count()).select_from(Registration).where(Registration.state != "waiting")
    with MailServer(Manners(seconds=2)) as server:
        with platform(database_url, tmp_path, web=False, MAIL_URL=server.url) as running:
            until(lambda: server.received)
            batch_id = to_publish(cast, 3)
            until(lambda: published(batch_id), patience=5)
            until(lambda: asked(placed) == 2, patience=5)
            assert len(server.received) < 10
            assert running.worker.terminate() < 4
        assert len(server.received) < 15
        assert asked(select(func.count()).where(Mail.leased_until.is_not(None))) == 0
    everything = asked(select(func.count()).select_from(Mail))
    assert len({mail.message_id for mail in server.received}) == len(server.received)
    assert len(server.received) == everything - waiting()


def test_killed_between_sending_and_marking(cast, database_url, tmp_path):
    queue("one")
    with (
        MailServer(Manners(silence=6)) as server,
        platform(database_url, tmp_path, web=False, MAIL_URL=server.url) as running,
    ):
        until(lambda: server.received)
        running.kill_worker()
        server.manners.silence = 0
        queue("two")
        until(lambda: len(server.received) == 2)  # while the first is still claimed
        session.execute(update(Mail).where(Mail.key == "one").values(leased_until=datetime.now(UTC)))
        session.commit()
        session.remove()
        until(lambda: not waiting())
        said = running.command("mail", "waiting").stdout
    first, other, again = server.received
    assert (first.to, other.to, again.to) == ("one@example.org", "two@example.org", "one@example.org")
    assert first.message_id == again.message_id != other.message_id
    assert asked(select(Mail.repeats).where(Mail.key == "one")) == 1
    assert "1 may have arrived twice" in said


def unsent():
    """The mails that stand in the outbox as not sent, the first first, as the database has them now."""
    session.remove()
    with only_reading():
        return list(session.scalars(select(Mail).where(Mail.sent_at.is_(None)).order_by(Mail.id)))


def test_a_server_that_hangs_up_and_one_that_refuses_cost_nobody_else_a_mail(cast, database_url, tmp_path):
    queue(*(f"one{n}" for n in range(9)))
    manners = Manners(
        hangs_up=1,
        answers={
            "one3@example.org": "550 5.1.1 <one3@example.org> no such user",
            "one4@example.org": "450 4.2.1 <one4@example.org> try later",
        },
    )
    with (
        MailServer(manners) as server,
        platform(database_url, tmp_path, web=False, MAIL_URL=server.url) as running,
    ):
        # What the server has, the worker may not have written down yet.
        until(lambda: len(server.received) == 7 and len(unsent()) == 3)
        said = running.worker.said()
    assert Counter(server.addresses()) == Counter(f"one{n}@example.org" for n in (0, 1, 2, 5, 6, 7, 8))
    hung_up, refused, put_off = unsent()
    assert (hung_up.key, hung_up.repeats, hung_up.failed_at) == ("one0", 1, None)
    assert (refused.key, refused.failed_at is None) == ("one3", False)
    assert (put_off.key, put_off.tries, put_off.failed_at) == ("one4", 1, None)
    assert "@example.org" not in said


def test_a_database_that_stops_and_starts_again_is_waited_for(own_postgresql, tmp_path):
    migrated(own_postgresql.url)
    with (
        MailServer() as server,
        platform(own_postgresql.url, tmp_path, web=False, MAIL_URL=server.url) as running,
    ):
        engine = connect(own_postgresql.url)
        try:
            queue("before")
            until(lambda: len(server.received) == 1)
            for mode in ("immediate", "fast"):
                said = running.worker.said().count("round failed")
                own_postgresql.stop(mode)
                until(lambda said=said: running.worker.said().count("round failed") >= said + 4)
                engine.dispose()
                own_postgresql.start()
                queue(f"after-{mode}")
                until(lambda mode=mode: f"after-{mode}@example.org" in server.addresses())
            assert running.worker.is_alive()
            assert len(server.received) == 3
            assert running.worker.terminate() < 4
        finally:
            session.remove()
            engine.dispose()


def test_the_pause_grows_to_a_quarter_of_an_hour_and_is_forgotten_once_mail_leaves(app, now):
    post, answers = Post(app), []

    def deliver(_message):
        if answer := answers.pop(0):
            raise answer

    deliver.close = lambda: None
    post.deliver = deliver

    def pause():
        post.resting_until = 0
        post.go_round()
        return round(post.resting_until - time.monotonic())

    queue("one", "two", "three")
    pauses = []
    for _ in range(12):
        answers[:] = [ServerAway("Connection refused")]
        pauses.append(pause())
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    answers[:] = []
    post.go_round()  # it rests: nobody is asked
    answers[:] = [None, ServerAway("421 too many")]
    assert pause() == 2  # one left: a server that takes some at a time is not punished
    assert asked(select(Pulse.trouble).where(Pulse.name == POST)) == "421 too many"
    answers[:] = [None, None]
    assert pause() < 0
    assert asked(select(Pulse.trouble).where(Pulse.name == POST)) is None
