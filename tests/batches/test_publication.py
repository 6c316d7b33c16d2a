"""Publication by the worker: at once for everyone, interrupted anywhere, told once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cocreation.batches import emails
from cocreation.batches.emails import FATES
from cocreation.batches.models import FateDraft
from cocreation.batches.refusals import AlreadyPlanned, BeingPublished
from cocreation.batches.services import publication
from cocreation.core import clock, outbox
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.ideas.models.idea import Author, Idea
from cocreation.reasons.models import Fate
from tests.cast import THEN
from tests.desk import BATCHES, batch, close, drafted, entries, idea, published, states, steps, work
from tests.forms import fill, press
from tests.html import texts
from tests.ledger.conftest import verified
from tests.words import says


class Killed(Exception):
    """The process ends here."""


def authors(count):
    """An address of its own for each idea of the cast."""
    for number, author in enumerate(session.scalars(select(Author).order_by(Author.idea_id)), 1):
        author.email = f"author-{number:04d}@example.org"
    session.commit()
    session.remove()
    return {f"author-{number:04d}@example.org" for number in range(1, count + 1)}


def told():
    """The addresses that have a mail of fates, in the order in which they were queued."""
    session.remove()
    return [mail.to for mail in session.query(Mail).filter(Mail.template == "dispositions/fates")]


def begin(cast, batch_id, now=THEN):
    publication.begin_publishing(batch_id, by=cast.salma.id, now=now)
    session.commit()
    session.remove()


def test_the_button_begins_and_the_worker_does_the_rest(cast, salma):
    batch_id = drafted(cast, 3, email="author@example.org")
    answer = press(salma, f"{BATCHES}/{batch_id}", "/publish")
    assert answer.status_code == 302
    shown = salma.get(answer.location)
    assert shown.headers["Refresh"] == "3"
    page = shown.text
    assert 'id="under-way"' in page
    assert "/publish" not in page
    assert states("2026-1", "2026-2", "2026-3") == ["answered"] * 3
    work(cast.app)
    assert states("2026-1", "2026-2", "2026-3") == ["published"] * 3
    shown = salma.get(answer.location)
    assert "Refresh" not in shown.headers
    assert batch(batch_id).told == 1
    [notice] = texts(shown.text, ".notice-done")
    assert " 1 " in notice


def test_each_fate_says_until_when_it_can_be_contested(cast):
    published(cast)
    assert idea("2026-1").appeal_until == THEN.date() + timedelta(days=30)
    given = {"reason": "fits_the_plan", "commitment_id": cast.commitment.id}
    published(cast, fate=Fate.INCLUDED, **given)
    assert idea("2026-2").appeal_until is None


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_killed_at_any_point_it_goes_on_and_tells_everyone_once(cast, monkeypatch, at):
    batch_id = drafted(cast, 25, email="x@example.org")
    everyone = authors(25)
    begin(cast, batch_id)
    monkeypatch.setattr(publication, "CHUNK", 10)
    pauses = []

    def commit_or_die():
        pauses.append(1)
        if len(pauses) == at:
            raise Killed  # with the work of this chunk done and not saved
        session.commit()

    with pytest.raises(Killed):
        publication._carry_out(batch_id, THEN, commit_or_die)
    session.remove()
    before = told()
    assert len(before) == max(0, at - 2) * 10
    settled = batch(batch_id).settled
    assert set(states(*(f"2026-{n}" for n in range(1, 26)))) == {"published" if settled else "answered"}
    assert settled == (25 if at > 1 else 0)
    assert publication.go_on(THEN) == 25 - settled + 25 - len(before)
    assert publication.go_on(THEN) == 0
    assert sorted(told()) == sorted(everyone)
    row = batch(batch_id)
    assert (row.settled, row.told, row.to_tell) == (25, 25, 25)
    assert row.published_at
    assert [step.kind.value for step in steps("2026-1")].count("fate") == 1
    assert len(entries()) == 26
    assert verified() == 26


def test_a_worker_killed_outright_leaves_nothing_half_done(cast, database_url, tmp_path):
    batch_id = drafted(cast, 3000, email="x@example.org")
    everyone = authors(3000)
    begin(cast, batch_id)
    script = (
        "from cocreation.app import create_app; from cocreation.batches.services import publication;"
        "from datetime import datetime, UTC; create_app();"
        "publication.CHUNK = 10; publication.go_on(datetime(2026, 3, 10, 9, 0, tzinfo=UTC))"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": "x",
        "MAIL_URL": f"file:{tmp_path}",
    }
    process = subprocess.Popen([sys.executable, "-c", script], env=environment)
    deadline = time.monotonic() + 60
    while not (0 < len(told()) < 3000):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline, "nobody was told in a minute"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(told()) % 10 == 0
    assert batch(batch_id).published_at is None
    publication.go_on(THEN)
    assert sorted(told()) == sorted(everyone)
    assert (batch(batch_id).told, len(entries())) == (3000, 3001)


def test_two_workers_at_once_do_it_once(cast, monkeypatch):
    batch_id = drafted(cast, 30, email="x@example.org")
    everyone = authors(30)
    begin(cast, batch_id)
    monkeypatch.setattr(publication, "CHUNK", 10)
    turns = []

    def commit_and_let_the_other_work():
        session.commit()
        turns.append(1)
        if len(turns) == 2:  # ten are told: another worker does all that is left
            publication.go_on(THEN)

    publication._carry_out(batch_id, THEN, commit_and_let_the_other_work)
    session.commit()
    assert sorted(told()) == sorted(everyone)
    assert len(entries()) == 31
    assert batch(batch_id).told == 30


def test_under_embargo_it_is_planned_and_published_when_the_day_comes(cast, salma):
    batch_id = drafted(cast)
    url = f"{BATCHES}/{batch_id}"
    assert fill(salma, url, until="2026-03-12T10:00").status_code == 302
    answer = press(salma, url, "/publish")
    assert texts(salma.get(answer.location).text, ".notice-open")
    assert batch(batch_id).publishing_at == datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
    work(cast.app)
    assert states("2026-1") == ["answered"]
    again = salma.post(f"{url}/publish", data={"csrf_token": token(salma, url)})
    assert again.status_code == 409
    assert says(again, AlreadyPlanned)
    with clock.frozen(datetime(2026, 3, 12, 9, 59, tzinfo=UTC) - timedelta(hours=1)):
        work(cast.app)
        assert states("2026-1") == ["answered"]
    with clock.frozen(datetime(2026, 3, 12, 12, 0, tzinfo=UTC)):
        work(cast.app)
    assert states("2026-1") == ["published"]


def test_a_planned_batch_that_changes_is_read_again_first(cast, salma):
    batch_id = drafted(cast)
    url = f"{BATCHES}/{batch_id}"
    fill(salma, url, until="2026-03-12T10:00")
    press(salma, url, "/publish")
    fill(salma, f"{url}/2026-1", **{"reason_text-fr": "Autre chose"})
    row = batch(batch_id)
    assert (row.publishing_at, row.reviewed_at, row.sent_at) == (None, None, None)
    with clock.frozen(datetime(2026, 3, 12, 12, 0, tzinfo=UTC)):
        work(cast.app)
    assert states("2026-1") == ["answered"]


def test_an_embargo_beyond_the_phase_of_fates_is_refused(cast, salma):
    url = f"{BATCHES}/{drafted(cast)}"
    close(Phase.FATES)
    fill(salma, url, until="2026-04-12T10:00")
    assert 'name="published_on"' in salma.get(url).text  # only what was published before can still be noted
    answer = salma.post(f"{url}/publish", data={"csrf_token": token(salma, url)})
    assert answer.status_code == 409
    assert says(answer, PhaseClosed)


def test_while_it_is_published_nothing_in_it_changes(cast, salma):
    batch_id = drafted(cast, 2)
    url = f"{BATCHES}/{batch_id}"
    key = token(salma, url)
    begin(cast, batch_id)
    for path in ("/publish", "/send", "/embargo", "/ideas", "/2026-1", "/2026-1/remove", "/review"):
        answer = salma.post(url + path, data={"csrf_token": key, "verdict": "approve"})
        assert answer.status_code == 409, path
        assert says(answer, BeingPublished)
    assert session.query(FateDraft).count() == 2


def test_an_idea_withdrawn_at_the_last_moment_is_left_out_and_the_others_are_told(cast):
    from cocreation.ideas.services.withdrawal import withdraw

    batch_id = drafted(cast, 2, email="author@example.org")
    begin(cast, batch_id)
    withdraw(idea("2026-1").receipt, now=THEN)
    session.commit()
    publication.go_on(THEN)
    assert states("2026-1", "2026-2") == ["withdrawn", "published"]
    [mail] = session.query(Mail).filter(Mail.template == "dispositions/fates")
    assert [row["reference"] for row in mail.context["sent"]] == ["2026-2"]
    assert batch(batch_id).settled == 1


def test_an_answer_corrected_after_the_button_stops_the_publication(cast):
    batch_id = drafted(cast)
    begin(cast, batch_id)
    from cocreation.core.events import tell
    from cocreation.ideas.decision import UNDECIDED, FateDecision
    from cocreation.study.events import AnswersGiven

    draft = session.get_one(FateDraft, session.scalar(select(Idea.id)))
    tell(AnswersGiven({draft.idea_id: FateDecision.of(draft)}, {draft.idea_id: UNDECIDED}))
    session.commit()
    assert publication.go_on(THEN) == 0
    assert states("2026-1") == ["answered"]
    assert batch(batch_id).publishing_at is None


def test_the_words_of_a_hidden_idea_go_into_no_mail(cast, app):
    batch_id = drafted(cast, email="author@example.org")
    row = session.scalars(select(Idea)).one()
    row.hidden_at = THEN
    session.commit()
    begin(cast, batch_id)
    publication.go_on(THEN)
    [mail] = session.query(Mail)
    assert row.proposal not in str(mail.context)
    assert mail.context["sent"][0]["reference"] == "2026-1"
    from cocreation.web.post import compose

    assert "None" not in compose(app, mail).get_body(("plain",)).get_content()


def test_a_mail_queued_before_is_not_queued_again(cast):
    mail = {"to": "a@example.org", "language": "fr", "key": "one", "context": {}}
    assert outbox.post_all(FATES, [mail]) == 1
    assert outbox.post_all(FATES, [mail, {**mail, "key": "two"}]) == 1
    assert session.query(Mail).count() == 2
    assert outbox.post_all(FATES, []) == 0


def test_many_fates_ask_as_much_of_the_database_as_few(cast, statements):
    def asked(count):
        batch_id = drafted(cast, count, email=f"a{count}@example.org")
        with statements() as statement:
            publication.publish(batch_id, by=cast.salma.id, now=THEN)
            session.commit()
        session.remove()
        return len(statement)

    few = asked(2)
    assert asked(400) == few
    assert len(told()) == 2


def test_people_are_told_of_all_their_ideas_in_one_mail(cast):
    batch_id = drafted(cast, 3, email="Author@Example.org")
    assert [
        (recipient.address, len(recipient.sent)) for recipient in emails.recipients(batch_id, imported=False)
    ] == [("author@example.org", 3)]


def token(visitor, url):
    return visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]
