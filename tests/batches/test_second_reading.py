"""The second reader of a batch; and two people at one draft."""

from __future__ import annotations

import re

import pytest

from cocreation.accounts.models import Role
from cocreation.batches.models import FateDraft
from cocreation.batches.refusals import (
    AlreadyReviewed,
    AlreadySent,
    BatchChanged,
    BatchNotSent,
    DraftChanged,
    NotReviewed,
    OwnBatch,
    RemarkMissing,
)
from cocreation.core.database import Translated, session
from cocreation.ideas.models.idea import Idea
from tests.cast import person
from tests.desk import BATCHES, batch, drafted, insist, states, work
from tests.forms import fill, press
from tests.html import texts
from tests.words import says


@pytest.fixture
def mounia(cast):
    return cast.visitor(cast.mounia)


@pytest.fixture
def unread(cast, salma):
    """A complete batch that nobody else has read; its address."""
    url = f"{BATCHES}/{drafted(cast)}"
    fill(salma, f"{url}/2026-1", **{"reason_text-fr": "Pas cette fois"})
    return url


def batch_id(url):
    return int(url.rsplit("/", 1)[1])


def token(visitor, url):
    return visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]


def test_nothing_is_published_that_one_person_alone_has_read(cast, salma, mounia, unread):
    assert "/publish" not in salma.get(unread).text
    early = salma.post(f"{unread}/publish", data={"csrf_token": token(salma, unread)})
    assert early.status_code == 409
    assert says(early, NotReviewed)
    assert press(salma, unread, "/send").status_code == 302
    assert fill(mounia, unread, verdict="approve", note="Très clair").status_code == 302
    page = salma.get(unread).text
    assert "Très clair" in page
    assert press(salma, unread, "/publish").status_code == 302


def test_who_prepared_it_or_sent_it_is_no_second_reader(cast, salma, unread):
    amal = cast.visitor(cast.amal)
    press(amal, unread, "/send")
    assert batch(batch_id(unread)).created_by == cast.salma.id
    for visitor in (salma, amal):
        assert 'name="verdict"' not in visitor.get(unread).text
        sent = {"csrf_token": token(visitor, unread), "verdict": "approve", "version": "2"}
        answer = visitor.post(f"{unread}/review", data=sent)
        assert answer.status_code == 403
        assert says(answer, OwnBatch)
    other = person("Samira", Role.SECRETARIAT)
    session.commit()
    assert fill(cast.visitor(other), unread, verdict="approve").status_code == 302
    assert batch(batch_id(unread)).reviewed_by == other.id


def test_sent_back_it_needs_a_remark_and_is_sent_again(cast, salma, mounia, unread):
    press(salma, unread, "/send")
    silent = fill(mounia, unread, verdict="return")
    assert silent.status_code == 422
    assert says(silent, RemarkMissing)
    assert fill(mounia, unread, verdict="return", note="Expliquer le budget").status_code == 302
    page = salma.get(unread).text
    assert "Expliquer le budget" in page
    assert "/send" in page
    assert batch(batch_id(unread)).reviewed_at is None


def test_any_change_asks_for_a_new_reading(cast, salma, mounia, unread):
    press(salma, unread, "/send")
    fill(mounia, unread, verdict="approve")
    fill(salma, f"{unread}/2026-1", outcome="deferred/lacks_time")
    assert batch(batch_id(unread)).reviewed_at is None
    answer = salma.post(f"{unread}/publish", data={"csrf_token": token(salma, unread)})
    assert answer.status_code == 409
    assert states("2026-1") == ["answered"]


def test_saving_a_draft_as_it_is_changes_nothing(cast, salma, mounia, unread):
    press(salma, unread, "/send")
    fill(mounia, unread, verdict="approve")
    assert fill(salma, f"{unread}/2026-1", outcome="deferred/lacks_budget").status_code == 302
    assert batch(batch_id(unread)).reviewed_at


def test_a_batch_that_changed_while_it_was_read_is_read_again(cast, salma, mounia, unread):
    press(salma, unread, "/send")
    seen = {"csrf_token": token(mounia, unread), "verdict": "approve", "version": "2"}
    fill(salma, f"{unread}/2026-1", outcome="deferred/lacks_time")
    unsent = mounia.post(f"{unread}/review", data=seen)
    assert unsent.status_code == 409
    assert says(unsent, BatchNotSent)
    press(salma, unread, "/send")
    late = mounia.post(f"{unread}/review", data=seen)
    assert late.status_code == 409
    assert says(late, BatchChanged)
    assert batch(batch_id(unread)).reviewed_at is None


def test_it_is_sent_once_and_read_once(cast, salma, mounia, unread):
    key = token(salma, unread)
    press(salma, unread, "/send")
    again = salma.post(f"{unread}/send", data={"csrf_token": key})
    assert again.status_code == 409
    assert says(again, AlreadySent)
    amal = cast.visitor(cast.amal)
    sent = {"csrf_token": token(amal, unread), "verdict": "approve"}
    fill(mounia, unread, verdict="approve")
    late = amal.post(f"{unread}/review", data=sent)
    assert late.status_code == 409
    assert says(late, AlreadyReviewed)


def test_what_is_not_translated_is_shown_and_does_not_stand_in_the_way(cast, salma, unread):
    draft = session.query(FateDraft).one()
    draft.reason_text = Translated(ar="لاحقا")
    session.commit()
    session.remove()
    page = salma.get(unread).text
    [missing] = texts(page, "main > p.soft")
    assert "1" in missing
    assert "Français" in missing
    assert ["Français" in text for text in texts(page, ".dense .unwritten")] == [True]
    assert ["Français" in text for text in texts(salma.get(f"{unread}/2026-1").text, "main > p.soft")] == [
        True
    ]
    assert press(salma, unread, "/send").status_code == 302


def test_of_two_people_at_one_draft_the_second_sees_what_the_first_saved(cast, salma, unread):
    amal, url = cast.visitor(cast.amal), f"{unread}/2026-1"
    form = {"csrf_token": token(amal, url), "outcome": "deferred/lacks_time", "reason_text-fr": "La mienne"}
    seen = amal.get(url).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    fill(salma, url, **{"reason_text-fr": "La première"})
    late = amal.post(url, data={**form, "seen": seen})
    assert late.status_code == 409
    assert says(late, DraftChanged)
    assert "La première" in late.text
    assert "La mienne" in late.text
    assert session.query(FateDraft).one().reason_text["fr"] == "La première"
    session.remove()
    newer = late.text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    body = session.query(FateDraft).one().institution_id
    session.remove()
    assert amal.post(url, data={**form, "seen": newer, "body": body}).status_code == 302
    assert session.query(FateDraft).one().reason_text["fr"] == "La mienne"


def test_a_withdrawn_idea_is_not_sent_to_be_read(cast, salma, unread):
    row = session.query(Idea).one()
    from cocreation.ideas.services.withdrawal import withdraw
    from tests.cast import THEN

    withdraw(row.receipt, now=THEN)
    session.commit()
    session.remove()
    assert insist(salma, unread, "/send").status_code == 409


def shown(visitor, url):
    """The kinds of the notices of a batch's page, and what can be done there."""
    page = visitor.get(url).text
    acts = {"send": '/send"', "publish": '/publish"', "read": 'name="verdict"', "change": '/embargo"'}
    return re.findall(r'class="notice notice-(\w+)"', page), [name for name in acts if acts[name] in page]


def test_at_each_stage_one_thing_is_said_and_one_comes_next(app, cast, salma, mounia, unread):
    assert (shown(salma, unread), shown(mounia, unread)) == (([], ["send", "change"]), ([], []))
    draft = session.query(FateDraft).one()
    draft.institution_id = None
    session.commit()
    session.remove()
    assert shown(mounia, unread) == (["waiting"], [])
    draft = session.query(FateDraft).one()
    draft.institution_id = cast.ministry.id
    session.commit()
    session.remove()
    press(salma, unread, "/send")
    salma.get(unread)  # that it is sent is said once
    assert shown(salma, unread) == (["waiting"], ["change"])
    assert shown(mounia, unread) == (["waiting"], ["read"])
    fill(mounia, unread, verdict="approve")
    mounia.get(unread)
    assert shown(salma, unread) == (["done"], ["publish", "change"])
    assert shown(mounia, unread) == (["done"], [])
    press(salma, unread, "/publish")
    assert salma.get(unread).headers["Refresh"] == "3"
    assert shown(salma, unread) == ([], [])
    work(app)
    assert shown(salma, unread) == (["done"], [])
