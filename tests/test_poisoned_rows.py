"""One meeting, batch, question, follower or reader that cannot be seen to keeps no other waiting."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from cocreation.app import CHORES
from cocreation.backing import chores as backing
from cocreation.batches.models import Batch
from cocreation.batches.services import publication
from cocreation.core import secrets
from cocreation.core.chores import do
from cocreation.core.database import session
from cocreation.ideas import chores as ideas
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach import services as outreach_services
from cocreation.outreach.models import Notice
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.places.services import offers
from cocreation.study.services import reminders
from tests.cast import THEN
from tests.desk import drafted, participant


def poisoned(monkeypatch, module, name, is_bad):
    """From now on `name` fails for what `is_bad`."""
    real = getattr(module, name)

    def fail(row, *args, **options):
        if is_bad(row):
            raise ValueError("of nobody@example.org")
        return real(row, *args, **options)

    monkeypatch.setattr(module, name, fail)


def chore(name):
    (found,) = [candidate for candidate in CHORES if candidate.name == name]
    with capture_logs() as said:
        do(found, THEN)
    session.remove()
    (line,) = [entry for entry in said if entry["event"] == "row failed"]
    return line


def second_meeting(cast):
    """Another meeting like the cast's, written after it."""
    first = session.get_one(Meeting, cast.meeting.id)
    names = [column.key for column in Meeting.__table__.columns if column.key not in ("id", "reference")]
    other = Meeting(reference="OR2", **{name: getattr(first, name) for name in names})
    session.add(other)
    session.flush()
    return other.id


def waiting_at(meeting_id):
    session.add(
        Registration(
            meeting_id=meeting_id,
            receipt=secrets.new_receipt(),
            once=secrets.new_token(),
            state=RegistrationState.WAITING,
            name="Nom",
            folded="nom",
            email=f"at{meeting_id}@example.org",
            capacity="citizen",
            language="fr",
            registered_at=THEN,
            queued_at=THEN,
        )
    )


def test_places_of_the_next_meeting_are_given(cast, monkeypatch):
    other = second_meeting(cast)
    for meeting_id in (cast.meeting.id, other):
        session.get_one(Meeting, meeting_id).promoting_since = THEN
        waiting_at(meeting_id)
    session.commit()
    poisoned(monkeypatch, offers, "lapse", lambda meeting: meeting.id == cast.meeting.id)
    line = chore("places of meetings")
    assert line["row"] == str(cast.meeting.id)
    states = dict(session.execute(select(Registration.meeting_id, Registration.state)).all())
    assert states[cast.meeting.id] is RegistrationState.WAITING
    assert states[other] is RegistrationState.OFFERED  # for whom has not confirmed yet


def test_the_next_round_of_mails_goes_on(cast, monkeypatch):
    participant(cast, "nadia@example.org")
    for event in ("thanks", "reminder_week 2026-03-30"):
        session.add(Notice(meeting_id=cast.meeting.id, event=event, begun_at=THEN, total=1, options={}))
    session.commit()
    poisoned(monkeypatch, outreach_services, "_tell_some", lambda notice: notice.event == "thanks")
    chore("mails to everyone of a meeting")
    ended = dict(session.execute(select(Notice.event, Notice.ended_at)).all())
    assert ended["thanks"] is None
    assert ended["reminder_week 2026-03-30"] == THEN


def test_the_next_batch_is_published(cast, monkeypatch):

    bad, good = drafted(cast, 1), drafted(cast, 1)
    for batch_id in (bad, good):
        publication.begin_publishing(batch_id, by=cast.salma.id, now=THEN)
    session.commit()
    poisoned(monkeypatch, publication, "_settle", lambda batch_id: batch_id == bad)
    assert chore("publishing fates")["row"] == str(bad)
    published = dict(session.execute(select(Batch.id, Batch.published_at)).all())
    assert published == {bad: None, good: THEN}


@pytest.mark.parametrize("what", ["question", "follower", "reader"])
def test_the_next_question_follower_and_reader_are_seen_to(cast, monkeypatch, what):
    """These find their rows in ways of their own; what they do with each is what counts here."""
    done = []

    def note(row, *args, **options):
        if row == "bad@example.org" or row == 1 or getattr(row, "person", None) == "bad":
            raise ValueError("of nobody@example.org")
        done.append(row)
        return 1

    if what == "question":
        monkeypatch.setattr(ideas.dialogue, "overdue_questions", lambda _today: [1, 2])
        monkeypatch.setattr(ideas.ideas_dialogue, "lapse", note)
        line = chore("questions without an answer")
    elif what == "follower":
        addresses = ["bad@example.org", "good@example.org"]
        monkeypatch.setattr(backing.queries, "followers_due", lambda *_: addresses)
        monkeypatch.setattr(backing, "PERIODS", {"daily": None})
        monkeypatch.setattr(backing.digest, "set_back", lambda *_, **__: None)
        monkeypatch.setattr(backing.digest, "tell", note)
        line = chore("news for followers")
    else:
        readers = {1: reminders._Reader("bad"), 2: reminders._Reader("good")}
        monkeypatch.setattr(reminders, "_answerers", lambda *_: dict(readers))
        monkeypatch.setattr(reminders, "_post", note)
        line = chore("reminders")
    assert len(done) == 1
    assert "@" not in line["row"]
