"""An answer is kept unfinished: for its institution alone, until it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocreation.accounts.models import Role
from cocreation.answers.services import KEPT_FOR, sweep
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.services import withdrawal
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import AnswerDraft, Referral
from cocreation.study.refusals import NothingToKeep, PartOfAnother
from cocreation.web.edits import ChangedMeanwhile
from tests.cast import THEN
from tests.desk import BUNDLE, entries, idea, states, waiting
from tests.forms import fill, filled_in, press
from tests.html import texts
from tests.study.institutions import LATER, another, answered, sent, with_criteria
from tests.words import says

PAGE = f"{BUNDLE}/2026-1/ministry"
DRAFTS = "/en/manage/dispositions/drafts"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def kept():
    session.remove()
    return session.query(AnswerDraft).one_or_none()


def typed(page):
    return texts(page, "textarea[name='reason_text-fr']")


def send(visitor, page, **fields):
    """What a browser sends that had opened `page` a while ago."""
    data = filled_in(page, "reason_text-fr")
    for name, value in fields.items():
        data[name] = value
    return visitor.post(PAGE, data=data)


def test_an_unfinished_answer_is_kept_and_not_sent(cast, farid):
    sent(cast)
    told = len(entries())
    assert fill(farid, PAGE, **{"reason_text-fr": "Nous étudions"}, act="keep").location.endswith(PAGE)
    draft = kept()
    assert (draft.fields, draft.kept_by) == ({"reason_text": {"fr": "Nous étudions"}}, cast.farid.id)
    assert session.query(Referral).one().answer is None
    assert states("2026-1") == ["referred"]
    assert len(entries()) == told, "the register is told of answers alone"
    page = farid.get(PAGE).text
    assert typed(page) == ["Nous étudions"]
    assert cast.farid.name in texts(page, ".notice-waiting")[0]


def test_a_colleague_goes_on_with_it_where_it_was_left(cast, farid):
    first, _second = with_criteria(cast)
    sent(cast)
    nora = cast.visitor(another(Role.FOCAL_POINT, "Nora", cast.ministry.id))
    fill(farid, PAGE, **LATER, **{f"score_{first}": "2", f"note_{first}": "Presque"}, act="keep")
    assert any("Farid" in row for row in texts(nora.get(BUNDLE).text, ".row-meta"))
    begun = kept().begun_at
    assert fill(nora, PAGE, act="keep", proof_url="https://example.ma/a").status_code == 302
    draft = kept()
    assert draft.begun_at == begun
    assert session.get(Referral, draft.referral_id).answer is None
    assert draft.fields["outcome"] == ["deferred", "lacks_budget"]
    assert draft.fields[f"score_{first}"] == "2"
    assert draft.fields[f"note_{first}"] == "Presque"
    assert "Nora" in texts(farid.get(PAGE).text, ".notice-waiting")[0]


def test_nobody_else_sees_it(cast, client, farid):
    sent(cast)
    fill(farid, PAGE, **{"reason_text-fr": "Motjamaisvu"}, act="keep")
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    assert nadia.get(PAGE).status_code == 404
    assert not texts(nadia.get(DRAFTS).text, ".row")
    salma = cast.visitor(cast.salma)
    assert salma.get(PAGE).status_code == 403
    for visitor, pages in (
        (client, ["/en/ideas/2026-1", "/en/institutions/ministry"]),
        (salma, ["/en/manage/dispositions/referrals", "/en/desk", "/en/ideas/2026-1"]),
        # It was not given to this colleague.
        (cast.visitor(cast.driss), [BUNDLE, DRAFTS]),
    ):
        for page in pages:
            assert "Motjamaisvu" not in visitor.get(page).text


def test_two_at_once_are_told_and_none_is_lost(cast, farid):
    sent(cast)
    nora = cast.visitor(another(Role.FOCAL_POINT, "Nora", cast.ministry.id))
    before = nora.get(PAGE)
    fill(farid, PAGE, **{"reason_text-fr": "De Farid"}, act="keep")
    second = send(nora, before, **{"reason_text-fr": "De Nora"}, act="keep")
    assert second.status_code == 409
    assert says(second, ChangedMeanwhile)
    assert "De Farid" in second.text
    assert typed(second.text) == ["De Nora"]
    assert kept().fields["reason_text"] == {"fr": "De Farid"}
    assert send(nora, second, act="keep").status_code == 302
    assert kept().fields["reason_text"] == {"fr": "De Nora"}


@pytest.mark.parametrize("way", ["alone", "together"])
def test_sending_an_answer_clears_its_draft(cast, farid, way):
    [referral_id] = sent(cast)
    fill(farid, PAGE, **{"reason_text-fr": "À moitié"}, act="keep")
    if way == "alone":
        assert fill(farid, PAGE, outcome="deferred/lacks_budget").location.endswith("/bundle")
    else:
        answered(cast, referral_id)
    assert kept() is None
    referral = session.query(Referral).one()
    assert (referral.answer, referral.reason) == (Fate.DEFERRED, Reason.LACKS_BUDGET)


def test_a_correction_is_kept_beside_the_answer_that_stands(cast, farid):
    [referral_id] = sent(cast)
    answered(cast, referral_id)
    fill(farid, PAGE, **{"reason_text-fr": "Mieux dit"}, act="keep")
    assert session.query(Referral).one().reason_text == {"fr": "Voilà"}
    assert press(farid, PAGE, "/discard").status_code == 302
    assert kept() is None
    assert typed(farid.get(PAGE).text) == ["Voilà"]


def test_it_counts_on_the_desk_and_is_listed(cast, farid):
    sent(cast, 2)
    assert waiting(farid, DRAFTS) == []
    for number in (1, 2):
        page = f"{BUNDLE}/2026-{number}/ministry"
        fill(farid, page, **{"reason_text-fr": "À moitié"}, act="keep")
    assert waiting(farid, DRAFTS) == [2]
    assert texts(farid.get(DRAFTS).text, ".reference") == ["2026-1", "2026-2"]


def test_an_empty_draft_is_not_kept(cast, farid):
    sent(cast)
    answer = fill(farid, PAGE, act="keep")
    assert answer.status_code == 422
    assert says(answer, NothingToKeep)
    assert kept() is None


def test_nothing_is_kept_for_an_idea_that_went_elsewhere(cast, farid):
    sent(cast)
    before = farid.get(PAGE)
    session.query(Idea).one().state = IdeaState.JOINED
    session.commit()
    session.remove()
    answer = send(farid, before, **{"reason_text-fr": "Trop tard"}, act="keep")
    assert answer.status_code == 409
    assert says(answer, PartOfAnother)


def test_it_goes_with_the_referral_and_when_the_idea_is_settled(cast, farid):
    sent(cast, 2)
    for number in (1, 2):
        fill(farid, f"{BUNDLE}/2026-{number}/ministry", **{"reason_text-fr": "À moitié"}, act="keep")
    withdrawal.withdraw(idea("2026-1").receipt, now=THEN)
    session.commit()
    assert sweep(THEN) == 1, "the idea that was withdrawn"
    assert sweep(THEN + KEPT_FOR - timedelta(seconds=1)) == 0
    session.delete(session.query(Referral).filter(Referral.idea.has(Idea.reference == "2026-2")).one())
    session.commit()
    assert kept() is None


def test_nobody_goes_on_with_it_for_a_year(cast, farid):
    sent(cast)
    fill(farid, PAGE, **{"reason_text-fr": "À moitié"}, act="keep")
    assert sweep(THEN + KEPT_FOR) == 1
    assert kept() is None
