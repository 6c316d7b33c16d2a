"""What has a term is forgotten when it is over, by the worker; the public page says the same terms."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from cocreation.accounts import personal_data as accounts
from cocreation.app import CHORES
from cocreation.coordination import personal_data as coordination
from cocreation.core import clock
from cocreation.core.chores import Round
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.demographics.models import APART
from cocreation.directory import personal_data as directory
from cocreation.directory.models import Association
from cocreation.ideas import personal_data as ideas
from cocreation.ideas.models.idea import Author
from cocreation.meetings.personal_data import KNOWN_FOR
from cocreation.moderation import personal_data as moderation
from cocreation.moderation.models import Report
from cocreation.registration import personal_data as registration
from tests.cast import THEN
from tests.forms import fill
from tests.meeting_day import registrations
from tests.privacy import traces as left
from tests.privacy.trace import ALL, EMAIL, NAME, TRACE, keepers, traces
from tests.privacy.traces import codes
from tests.senders import SENTENCE
from tests.words import says

DAY = timedelta(days=1)
NAMES = {chore.name for chore in CHORES}


@contextmanager
def at(moment: datetime):
    """The worker looks at this moment."""
    with clock.frozen(moment):
        Round([chore for chore in CHORES if chore.name.startswith(("forget", "addresses", "erase"))]).look()
        session.remove()
        yield


@pytest.mark.parametrize("keeper", keepers(), ids=lambda keeper: keeper.name)
def test_each_term_is_carried_out_by_a_chore_there_is(keeper):
    assert keeper.chore in NAMES | {""}
    assert bool(keeper.chore) == any(figure.isdigit() for figure in str(keeper.term))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_public_page_is_made_of_the_same_list(client, cast, language):
    from cocreation.languages import i18n

    page = client.get(f"/{language}/privacy/kept").text
    with client.application.app_context(), i18n.speaking(language):
        for keeper in keepers():
            for words in (keeper.what, keeper.why, keeper.seen_by, keeper.term):
                assert str(words).replace("'", "&#39;") in page
    assert f"/{language}/privacy/kept" in client.get(f"/{language}/").text


@pytest.mark.parametrize("question", APART, ids=lambda question: question.key)
def test_the_public_page_names_each_answer_that_is_kept_apart(client, cast, question):
    assert says(client.get("/en/privacy/kept"), question.asks or question.label)


def test_a_year_after_a_meeting_nobody_of_it_is_known_and_its_figures_hold(app, cast, client):
    acts = (left.registered, left.registered_others, left.invited, left.stood_in, left.organised)
    pages = [page for act in acts for page in act(cast, ALL)]
    ends = cast.meeting.ends_at
    with at(ends + KNOWN_FOR - DAY):
        assert {"registrations.name", "delegations.email", "meeting_committee.name"} <= traces(app)
        states = [person.state for person in registrations()]
    with at(ends + KNOWN_FOR + DAY):
        assert {name for name in traces(app) if not name.startswith("outbox.")} == set()
        assert [person.state for person in registrations()] == states
        assert client.get(f"/en/registrations/{codes(pages)[0]}").status_code in (404, 410)


def test_somebody_whom_another_worker_has_just_forgotten_is_no_failure(app, cast, monkeypatch):
    left.registered(cast, ALL)
    forget = registration.own_data.forget

    def twice(receipt, *, now):
        forget(receipt, now=now)
        return forget(receipt, now=now)

    monkeypatch.setattr(registration.own_data, "forget", twice)
    with capture_logs() as logs, clock.frozen(THEN + timedelta(days=500)) as now:
        registration.forget_participants(now)
    assert [line["event"] for line in logs if line["log_level"] == "error"] == []
    assert registrations()[0].erased_at is not None


def test_an_idea_never_confirmed_goes_with_its_files(app, cast, client):
    fields = {"proposal": f"{SENTENCE} {TRACE}", "email": EMAIL, "consent": "y"}
    fill(client, "/en/ideas/new", **fields)
    with at(THEN + ideas.UNCONFIRMED_FOR - DAY):
        assert "ideas.proposal" in traces(app)
    with at(THEN + ideas.UNCONFIRMED_FOR + DAY):
        assert {name for name in traces(app) if not name.startswith("outbox.")} == set()


@pytest.mark.parametrize(("is_named", "name"), [(True, NAME), (False, None)])
def test_a_year_after_its_cycle_an_author_cannot_be_written_to_any_more(cast, is_named, name):
    left.sent_an_idea(cast, ALL)
    session.execute(update(Author).values(is_named=is_named))
    session.execute(update(Cycle).values(ends_on=date(2026, 6, 1)))
    session.commit()
    over = datetime(2026, 6, 1, 12, tzinfo=THEN.tzinfo) + ideas.WRITTEN_TO_FOR
    with at(over - DAY):
        assert session.scalars(select(Author.email)).one() == EMAIL
    with at(over + 2 * DAY):
        assert session.execute(select(Author.email, Author.name)).one() == (None, name)


def test_the_words_of_a_report_go_a_year_after_it_was_decided(cast):
    left.reported(cast, ALL)
    session.execute(update(Report).values(decided_at=THEN, decided_by=cast.salma.id))
    session.commit()
    with at(THEN + moderation.READ_FOR - DAY):
        assert session.scalars(select(Report.words)).one()
    with at(THEN + moderation.READ_FOR + DAY):
        assert session.scalars(select(Report.words)).one() is None


def test_who_attended_a_coordination_meeting_is_not_named_for_ever(app, cast):
    left.attended(cast, ALL)
    with at(THEN + coordination.NAMED_FOR - DAY):
        assert "attendances.names" in traces(app)
    with at(THEN + coordination.NAMED_FOR + DAY):
        assert traces(app) == set()


def test_a_closed_account_keeps_its_name_a_year_and_its_sign_ins_a_month(app, cast):
    left.employed(cast, ALL)
    with at(THEN + accounts.ENDED_FOR + DAY):
        assert {"people.name"} <= traces(app)
        assert "sign_ins.browser" not in traces(app)
    with at(THEN + accounts.CLOSED_FOR + DAY):
        assert traces(app) == {"notes.body"}, "what was written on an idea stays with it, under no name"


def test_a_refused_declaration_goes_a_year_later_and_one_that_is_named_does_not(app, cast):
    left.declared(cast, ALL)
    refused = {"refused_at": THEN, "refusal": "x", "verified_at": None}
    session.execute(update(Association).values(refused))
    session.commit()
    with at(THEN + directory.REFUSED_FOR + DAY):
        assert session.scalars(select(Association.id)).all() == [cast.association.id]
