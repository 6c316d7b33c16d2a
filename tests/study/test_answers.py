"""What an institution can answer: with a link as proof, or handed on to another institution."""

import json
from datetime import date

import pytest

from cocreation.accounts.models import Role
from cocreation.batches.services.gate import LACKS
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.reasons.models import Fate
from cocreation.study.models import Referral
from cocreation.study.refusals import HandedOn, NoSuchBody, PartOfAnother, ProofMissing, WentThrough
from tests.desk import BATCHES, BUNDLE, entries, idea, publish, states, steps
from tests.forms import fill
from tests.study.institutions import (
    ELSEWHERE,
    LATER,
    RUNNING,
    another,
    clocks,
    late,
    published,
    referral,
    sent,
)
from tests.words import errors, says


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


@pytest.fixture
def nadia(cast):
    """The focal point of the other institution."""
    return cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))


PAGE = f"{BUNDLE}/2026-1/ministry"
THERE = f"{BUNDLE}/2026-1/finance"


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "www.example.ma",
        "javascript:alert(1)",
        "ftp://example.ma/a",
        "https://",
        "https://localhost",
        "https://exa mple.ma",
        "https://a@example.ma",
        "http://[",
    ],
)
def test_what_is_under_way_needs_a_link_that_everyone_can_open(cast, farid, proof):
    sent(cast)
    answer = fill(farid, PAGE, **RUNNING, proof_url=proof)
    assert answer.status_code == 422
    assert says(answer, ProofMissing)
    assert states("2026-1") == ["referred"]


def test_the_proof_is_shown_with_the_fate_and_not_before(cast, client, farid):
    sent(cast)
    assert fill(farid, PAGE, **RUNNING, proof_url="https://example.ma/a?b=1").status_code == 302
    assert "example.ma" not in client.get("/en/ideas/2026-1").text
    assert "example.ma" in cast.visitor(cast.farid).get(PAGE).text
    published(cast)
    assert 'href="https://example.ma/a?b=1"' in client.get("/en/ideas/2026-1").text
    fate = next(json.loads(entry.content) for entry in entries() if '"fate"' in entry.content)
    assert fate["answers"][0]["proof"] == "https://example.ma/a?b=1"


def test_a_proof_goes_with_no_other_answer(cast, farid):
    sent(cast)
    fill(farid, PAGE, **LATER, proof_url="https://example.ma/a")
    assert session.query(Referral).one().proof_url is None


def test_an_idea_that_is_transferred_is_sent_on_at_once(cast, farid, nadia):
    sent(cast)
    assert nadia.get(THERE).status_code == 404
    assert fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id).status_code == 302
    assert states("2026-1") == ["referred"]
    first, second = session.query(Referral).order_by(Referral.id)
    assert (first.answer.value, first.transfer_to_id) == ("transferred", cast.finance.id)
    assert (second.institution_id, second.answer, second.due_on) == (
        cast.finance.id,
        None,
        date(2026, 3, 30),
    )
    assert [step.kind.value for step in steps("2026-1")] == ["received", "referred", "answered", "referred"]
    mails = session.query(Mail).filter_by(to="nadia@example.org").all()
    assert [(mail.template, mail.context["count"]) for mail in mails] == [("dispositions/referred", 1)]
    assert [json.loads(entry.content)["action"] for entry in entries()] == [
        "referred",
        "answered",
        "referred",
    ]
    assert nadia.get(THERE).status_code == 200
    assert nadia.get(PAGE).status_code == 404


def test_the_fate_proposed_is_that_of_the_institution_asked_last(cast, client, farid, nadia):
    sent(cast)
    fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id)
    fill(nadia, THERE, **LATER)
    assert states("2026-1") == ["answered"]
    published(cast)
    assert (idea("2026-1").fate.value, idea("2026-1").institution_id) == ("deferred", cast.finance.id)
    page = client.get("/en/ideas/2026-1")
    assert says(page, Fate.TRANSFERRED.label)
    assert "Ce n&#39;est pas de notre ressort" in page.text


def test_a_fate_being_prepared_waits_for_the_institution_it_is_handed_on_to(cast, farid, nadia):
    sent(cast)
    fill(farid, PAGE, **LATER)
    salma = cast.visitor(cast.salma)
    batch = fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}).location
    fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id)
    assert says(salma.get(batch), LACKS["fate"])
    fill(nadia, THERE, **LATER)
    assert not says(salma.get(batch), LACKS["fate"])


def test_what_goes_to_a_body_that_takes_no_part_is_transferred_in_the_end(cast, farid):
    sent(cast)
    nowhere = fill(farid, PAGE, **ELSEWHERE)
    assert nowhere.status_code == 422
    assert errors(nowhere) == {"transfer_to"}
    assert fill(farid, PAGE, **ELSEWHERE, transfer_to="elsewhere").status_code == 302
    assert session.query(Referral).count() == 1
    published(cast)
    assert idea("2026-1").fate.value == "transferred"


@pytest.mark.parametrize("other", ["999", "nonsense"])
def test_it_cannot_be_transferred_to_what_is_no_institution(cast, farid, other):
    sent(cast)
    assert fill(farid, PAGE, **ELSEWHERE, transfer_to=other).status_code == 422
    assert session.query(Referral).count() == 1


def test_nor_to_the_institution_that_transfers_it(cast, farid):
    ids = sent(cast)
    assert fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.ministry.id).status_code == 422
    together = fill(farid, BUNDLE, chosen=ids, **ELSEWHERE, transfer_to=cast.ministry.id)
    assert together.status_code == 422
    assert says(together, NoSuchBody)
    assert states("2026-1") == ["referred"]


def test_it_does_not_go_back_to_where_it_came_from(cast, farid, nadia):
    sent(cast)
    fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id)
    back = fill(nadia, THERE, **ELSEWHERE, transfer_to=cast.ministry.id)
    assert back.status_code == 409
    assert says(back, WentThrough)
    assert session.query(Referral).count() == 2


def test_what_was_handed_on_is_answered_there_and_only_its_words_can_change(cast, farid):
    ids = sent(cast)
    fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id)
    for given in (LATER, ELSEWHERE | {"transfer_to": "elsewhere"}):
        answer = fill(farid, PAGE, **given)
        assert answer.status_code == 409
        assert says(answer, HandedOn)
    assert fill(farid, PAGE, **{"reason_text-fr": "Mieux dit"}).status_code == 302
    assert session.query(Referral).count() == 2
    assert referral(session.get(Referral, ids[0]).idea_id).reason_text["fr"] == "Mieux dit"


def test_an_institution_that_has_it_already_is_not_sent_it_twice(cast, farid, nadia):
    sent(cast, 1, cast.ministry, cast.finance)
    fill(nadia, THERE, **LATER)
    assert fill(farid, PAGE, **ELSEWHERE, transfer_to=cast.finance.id).status_code == 302
    assert session.query(Referral).count() == 2
    assert states("2026-1") == ["answered"]


def test_several_ideas_are_handed_on_with_one_mail(cast, farid, nadia):
    ids = sent(cast, 3)
    assert fill(farid, BUNDLE, chosen=ids, **ELSEWHERE, transfer_to=cast.finance.id).status_code == 302
    mails = session.query(Mail).filter_by(to="nadia@example.org").all()
    assert [mail.context["count"] for mail in mails] == [3]


def test_what_became_part_of_another_idea_is_not_answered(cast, farid):
    ids = sent(cast)
    row = session.query(Idea).one()
    row.state = IdeaState.JOINED
    session.commit()
    session.remove()
    assert "2026-1<" not in farid.get(BUNDLE).text
    answer = fill(farid, PAGE, **LATER)
    assert answer.status_code == 409
    assert says(answer, PartOfAnother)
    assert session.get(Referral, ids[0]).answer is None


def test_words_that_moderation_hid_are_not_shown_to_institutions(cast, farid, now):
    sent(cast, proposal="Des mots cachés")
    session.query(Idea).one().hidden_at = now
    session.commit()
    session.remove()
    for url in (BUNDLE, PAGE):
        assert "cachés" not in farid.get(url).text
    assert farid.get("/en/manage/dispositions/sheets/2026.xlsx").status_code == 404


def test_an_idea_whose_fate_was_settled_without_it_is_asked_of_nobody(cast, farid):
    sent(cast, due_on="2026-03-01")
    assert late(farid.get(BUNDLE).text) == [1]
    salma = cast.visitor(cast.salma)
    batch = fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot", "references": "2026-1"}).location
    decided = {
        "outcome": "deferred/lacks_budget",
        "reason_text-fr": "Plus tard",
        "body": cast.finance.id,
    }
    fill(salma, f"{batch}/2026-1", **decided)
    publish(cast, batch)
    assert states("2026-1") == ["published"]
    page = farid.get(BUNDLE).text
    assert late(page) == []
    assert 'name="chosen"' not in page


def test_days_left_and_days_late_are_said(cast, farid):
    sent(cast, due_on="2026-03-12")
    sent(cast, due_on="2026-03-07")
    sent(cast, due_on="2026-03-10")
    assert clocks(farid.get(BUNDLE).text) == [("refused", "3"), ("waiting", ""), ("waiting", "2")]


def test_a_correction_does_not_change_how_long_the_first_answer_took(cast, farid):
    from datetime import timedelta

    from cocreation.core import clock
    from tests.cast import THEN

    sent(cast)
    with clock.frozen(THEN + timedelta(days=4)):
        fill(cast.visitor(cast.farid), PAGE, **LATER)
    with clock.frozen(THEN + timedelta(days=9)):
        fill(cast.visitor(cast.farid), PAGE, **LATER)
    assert session.query(Referral).one().days_to_answer == 4


def token(visitor, url):
    return visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]
