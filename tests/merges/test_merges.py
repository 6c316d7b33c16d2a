"""Merging ideas: which may be, what both pages, the register and the mails say, who comes along."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from cocreation.backing.models import Rhythm
from cocreation.batches.refusals import PreparedNotLinked
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Cycle
from cocreation.ideas.chain.steps import LINKED
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import IdeaState
from cocreation.ideas.models.lineage import Kinship
from cocreation.merges.refusals import (
    AlreadyJoined,
    AlreadySettled,
    NoSuchIdea,
    NotToMerge,
    OtherCycle,
    SameIdea,
)
from cocreation.study.models import Referral
from cocreation.study.refusals import PartOfAnother
from tests.cast import THEN
from tests.desk import BUNDLE, entries, idea, received, states
from tests.forms import fill
from tests.ledger.conftest import verified
from tests.merges.links import (
    LINEAGE,
    WHY,
    back,
    backings,
    draft,
    kinds,
    later,
    mails,
    merge,
    set_idea,
    settle,
    token,
    undo,
)
from tests.words import says


def test_an_idea_merged_into_another_is_part_of_it_and_both_say_so(three, salma, client):
    assert merge(salma, "2026-1", "2026-3").status_code == 302
    assert states("2026-1", "2026-3") == ["joined", "received"]
    assert kinds("2026-1")[-1] == ("joined", "merged_into")
    assert kinds("2026-3")[-1] == ("joined", "merged_from")
    page = client.get("/en/ideas/2026-1")
    assert says(page, LINKED[Kinship.MERGED_INTO])
    assert "Elles demandent la même chose" in page.text
    assert 'href="/en/ideas/2026-3"' in page.text
    assert says(client.get("/en/ideas/2026-3"), LINKED[Kinship.MERGED_FROM])


def test_the_register_tells_of_it_without_a_person(three, salma):
    merge(salma, "2026-1", "2026-3")
    content = json.loads(entries()[-1].content)
    assert (content["action"], content["subject"], content["target"]) == ("linked", "2026-1", "2026-3")
    assert content["reason"] == {"fr": "Elles demandent la même chose"}
    assert "example.org" not in entries()[-1].content
    assert verified()


def test_the_authors_of_both_get_one_mail_each(three, salma):
    merge(salma, "2026-1", "2026-3")
    assert sorted(mails()) == ["nadia@example.org", "sara@example.org"]


def test_somebody_who_wrote_both_gets_one_mail(cast, salma):
    received(cast, 2, email="nadia@example.org")
    merge(salma, "2026-1", "2026-2")
    assert sorted(mails()) == ["nadia@example.org"]


def test_whoever_went_along_before_is_told_too(three, salma):
    merge(salma, "2026-1", "2026-2")
    session.query(Mail).delete()
    session.commit()
    merge(salma, "2026-2", "2026-3")
    assert sorted(mails()) == ["nadia@example.org", "omar@example.org", "sara@example.org"]


def test_supporters_and_followers_come_along_and_leave_with_it(three, salma):
    back("2026-1", "both@example.org")
    back("2026-1", "only@example.org")
    back("2026-1", "follows@example.org", supports=False, follows=Rhythm.DAILY)
    back("2026-1", "unproven@example.org", confirmed=None)
    back("2026-3", "both@example.org")
    merge(salma, "2026-1", "2026-3")
    emails = {row.email for row in backings("2026-3")}
    assert emails == {"both@example.org", "only@example.org", "follows@example.org"}
    assert idea("2026-3").supporters == 2
    assert idea("2026-1").supporters == 2
    # Supporters are told by this mail; who follows is told by the digest.
    assert {"both@example.org", "only@example.org"} < set(mails())
    assert "follows@example.org" not in mails()
    undo(salma, "2026-1")
    assert {row.email for row in backings("2026-3")} == {"both@example.org"}
    assert idea("2026-3").supporters == 1


def test_several_are_merged_into_one_or_none_is(three, salma):
    set_idea("2026-2", state=IdeaState.NOT_ACCEPTED)
    answer = fill(salma, f"{LINEAGE}/2026-3/gather", others="2026-1 2026-2", **WHY)
    assert answer.status_code == 409
    assert states("2026-1", "2026-2") == ["received", "screened_out"]
    set_idea("2026-2", state=IdeaState.ACCEPTED)
    assert fill(salma, f"{LINEAGE}/2026-3/gather", others="2026-1, 2026-2", **WHY).status_code == 302
    assert states("2026-1", "2026-2", "2026-3") == ["joined", "joined", "received"]
    assert sorted(mails()) == ["nadia@example.org", "omar@example.org", "sara@example.org"]


@pytest.mark.parametrize(
    ("other", "refusal"),
    [("2026-99", NoSuchIdea), ("2026-1", SameIdea), ("nonsense", NoSuchIdea)],
)
def test_a_wrong_reference_changes_nothing(three, salma, other, refusal):
    answer = merge(salma, "2026-1", other)
    assert (answer.status_code, says(answer, refusal)) == (422, True)
    assert states("2026-1") == ["received"]
    assert mails() == {}


def test_a_merge_needs_its_reason(three, salma):
    assert merge(salma, "2026-1", "2026-3", **{"reason-fr": " "}).status_code == 422
    assert states("2026-1") == ["received"]


def test_no_idea_of_another_cycle_is_merged(three, salma):
    later(three)
    set_idea("2026-3", cycle_id=session.scalar(select(Cycle.id).where(Cycle.code == "2028")))
    answer = merge(salma, "2026-1", "2026-3")
    assert answer.status_code == 409
    assert says(answer, OtherCycle)


def test_an_idea_cannot_go_two_ways_nor_round(three, salma):
    merge(salma, "2026-1", "2026-2")
    again = salma.post(f"{LINEAGE}/2026-1/merge", data={**token(salma), "other": "2026-3", **WHY})
    assert (again.status_code, says(again, AlreadyJoined)) == (409, True)
    round_ = merge(salma, "2026-2", "2026-1")
    assert (round_.status_code, says(round_, AlreadyJoined)) == (409, True)


def test_what_is_settled_or_refused_is_not_merged(three, salma):
    settle("2026-3")
    answer = merge(salma, "2026-1", "2026-3")
    assert (answer.status_code, says(answer, AlreadySettled)) == (409, True)
    set_idea("2026-2", state=IdeaState.NOT_ACCEPTED)
    answer = merge(salma, "2026-1", "2026-2")
    assert (answer.status_code, says(answer, NotToMerge)) == (409, True)
    assert states("2026-1") == ["received"]


def test_what_is_being_prepared_for_publication_is_left_alone(three, salma):
    draft("2026-3")
    answer = merge(salma, "2026-1", "2026-3")
    assert (answer.status_code, says(answer, PreparedNotLinked)) == (409, True)


def test_a_question_to_its_author_falls_when_it_is_merged(three, salma):
    row = idea("2026-1")
    row.state = IdeaState.ASKED
    question = Question(
        idea_id=row.id,
        text=Translated(fr="?"),
        asked_by=three.salma.id,
        asked_at=THEN,
        answer_by=date(2026, 3, 30),
    )
    session.add(question)
    session.commit()
    merge(salma, "2026-1", "2026-3")
    session.remove()
    assert session.scalars(select(Question)).one().lapsed_at == THEN
    undo(salma, "2026-1")
    assert states("2026-1") == ["received"]


def test_an_institution_no_longer_answers_what_is_part_of_another(three, salma):
    row = idea("2026-1")
    row.state = IdeaState.REFERRED
    session.add(
        Referral(
            idea_id=row.id,
            institution_id=three.ministry.id,
            due_on=date(2026, 3, 30),
            referred_by=three.salma.id,
            referred_at=THEN,
        )
    )
    session.commit()
    farid = three.visitor(three.farid)
    assert "2026-1" in farid.get(BUNDLE).text
    merge(salma, "2026-1", "2026-3")
    assert "2026-1" not in farid.get(BUNDLE).text
    answer = fill(
        farid, f"{BUNDLE}/2026-1/ministry", outcome="deferred/lacks_time", **{"reason_text-fr": "Plus tard"}
    )
    assert (answer.status_code, says(answer, PartOfAnother)) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1") == ["referred"]
    assert "2026-1" in farid.get(BUNDLE).text
