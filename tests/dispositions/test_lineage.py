"""Linking ideas: merge, split, restate, carry over; undone again; told, counted, in the register."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from cocreation.core import secrets
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.core.text import search_tokens
from cocreation.cycles.models import Cycle
from cocreation.dispositions.models import Batch, FateDraft, Referral, Screening
from cocreation.dispositions.services import publishing
from cocreation.ideas.models import Backing, Fate, Idea, IdeaState, Lineage, Question, Reason, Rhythm
from tests.cast import THEN, T
from tests.dispositions.desk import (
    BATCHES,
    BUNDLE,
    entries,
    idea,
    read_by_a_second_person,
    received,
    states,
    steps,
)
from tests.forms import fill, press
from tests.register.conftest import verified

LINEAGE = "/en/manage/dispositions/lineage"
WHY = {"reason-fr": "Elles demandent la même chose"}


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def three(cast):
    """2026-1 of Nadia, 2026-2 of Omar, 2026-3 of Sara; all received."""
    for email in ("nadia@example.org", "omar@example.org", "sara@example.org"):
        received(cast, email=email)
    return cast


def merge(salma, source, target, **fields):
    return fill(salma, f"{LINEAGE}/{source}/merge", **{"other": target, **WHY, **fields})


def undo(salma, reference, **fields):
    [link_id] = session.scalars(
        select(Lineage.id)
        .join(Lineage.source)
        .where(Idea.reference == reference, Lineage.undone_at.is_(None))
        .limit(1)
    )
    session.remove()
    whole = {"reason-fr": "C'était une erreur", **fields}
    return fill(salma, f"{LINEAGE}/{reference}/undo/{link_id}", **whole)


def set_idea(reference, **values):
    row = session.scalars(select(Idea).where(Idea.reference == reference)).one()
    for name, value in values.items():
        setattr(row, name, value)
    session.commit()
    session.remove()


def back(reference, email, *, supports=True, follows=None, confirmed=THEN):
    row = session.scalars(select(Idea).where(Idea.reference == reference)).one()
    session.add(
        Backing(
            idea_id=row.id,
            email=email,
            language="fr",
            supports=supports,
            follows=follows,
            receipt=secrets.new_receipt(),
            asked_at=THEN,
            confirmed_at=confirmed,
        )
    )
    row.supporters += bool(supports and confirmed)
    session.commit()
    session.remove()


def mails(template="dispositions/lineage"):
    session.remove()
    return {mail.to: mail for mail in session.scalars(select(Mail).where(Mail.template == template))}


def kinds(reference):
    return [(step.kind.value, step.outcome) for step in steps(reference)]


# Merging


def test_an_idea_merged_into_another_is_part_of_it_and_both_say_so(three, salma, client):
    assert merge(salma, "2026-1", "2026-3").status_code == 302
    assert states("2026-1", "2026-3") == ["joined", "received"]
    assert kinds("2026-1")[-1] == ("joined", "merged_into")
    assert kinds("2026-3")[-1] == ("joined", "merged_from")
    page = client.get("/en/ideas/2026-1").text
    assert "Merged into" in page
    assert "Elles demandent la même chose" in page
    assert 'href="/en/ideas/2026-3"' in page
    assert "Another idea was merged into it:" in client.get("/en/ideas/2026-3").text


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
    there = {row.email for row in backings("2026-3")}
    assert there == {"both@example.org", "only@example.org", "follows@example.org"}
    assert idea("2026-3").supporters == 2
    assert idea("2026-1").supporters == 2
    # Supporters are told by this mail; who follows is told by the digest.
    assert {"both@example.org", "only@example.org"} < set(mails())
    assert "follows@example.org" not in mails()
    undo(salma, "2026-1")
    assert {row.email for row in backings("2026-3")} == {"both@example.org"}
    assert idea("2026-3").supporters == 1


def backings(reference):
    session.remove()
    return session.scalars(select(Backing).join(Backing.idea).where(Idea.reference == reference)).all()


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
    ("other", "status", "words"),
    [
        ("2026-99", 422, "There is no idea"),
        ("2026-1", 422, "linked with itself"),
        ("nonsense", 422, "There is no idea"),
    ],
)
def test_a_wrong_reference_changes_nothing(three, salma, other, status, words):
    answer = merge(salma, "2026-1", other)
    assert (answer.status_code, words in answer.text) == (status, True)
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
    assert "belongs to another cycle" in answer.text


def test_an_idea_cannot_go_two_ways_nor_round(three, salma):
    merge(salma, "2026-1", "2026-2")
    again = salma.post(f"{LINEAGE}/2026-1/merge", data={**token(salma), "other": "2026-3", **WHY})
    assert (again.status_code, "already part of another" in again.text) == (409, True)
    round_ = merge(salma, "2026-2", "2026-1")
    assert (round_.status_code, "already part of another" in round_.text) == (409, True)


def token(visitor):
    from tests.test_access import csrf_token

    return {"csrf_token": csrf_token(visitor)}


def test_what_is_settled_or_refused_is_not_merged(three, salma):
    settle("2026-3")
    answer = merge(salma, "2026-1", "2026-3")
    assert (answer.status_code, "has its fate already" in answer.text) == (409, True)
    set_idea("2026-2", state=IdeaState.NOT_ACCEPTED)
    answer = merge(salma, "2026-1", "2026-2")
    assert (answer.status_code, "stands at" in answer.text) == (409, True)
    assert states("2026-1") == ["received"]


def settle(reference, fate=Fate.DEFERRED, reason=Reason.LACKS_TIME):
    set_idea(
        reference,
        state=IdeaState.PUBLISHED,
        fate=fate,
        reason=reason,
        reason_text=Translated(fr="Plus tard"),
        fate_at=THEN,
    )


def test_what_is_being_prepared_for_publication_is_left_alone(three, salma):
    draft("2026-3")
    answer = merge(salma, "2026-1", "2026-3")
    assert (answer.status_code, "already being prepared" in answer.text) == (409, True)


def draft(reference):
    row = idea(reference)
    batch = Batch(cycle_id=row.cycle_id, title=T("دفعة", "Lot"), created_at=THEN)
    session.add(batch)
    session.flush()
    session.add(FateDraft(idea_id=row.id, batch_id=batch.id))
    session.commit()


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
    assert (answer.status_code, "part of another idea" in answer.text) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1") == ["referred"]
    assert "2026-1" in farid.get(BUNDLE).text


# Undoing


def test_undoing_a_merge_brings_the_idea_back_where_it_stood_and_stays_in_the_history(three, salma, client):
    set_idea("2026-1", state=IdeaState.ACCEPTED)
    merge(salma, "2026-1", "2026-3")
    assert undo(salma, "2026-1").status_code == 302
    assert states("2026-1", "2026-3") == ["accepted", "received"]
    assert kinds("2026-1")[-1] == ("parted", "merged_into")
    assert kinds("2026-3")[-1] == ("parted", "merged_from")
    page = client.get("/en/ideas/2026-1").text
    assert "No longer linked with" in page
    assert "undone on 10 March 2026" in page
    assert "C&#39;était une erreur" in page
    assert "Elles demandent la même chose" in page
    assert [json.loads(entry.content)["action"] for entry in entries()] == ["linked", "unlinked"]
    assert len(session.scalars(select(Mail).where(Mail.template == "dispositions/lineage")).all()) == 4


def test_undoing_needs_a_reason_and_happens_once(three, salma):
    merge(salma, "2026-1", "2026-3")
    assert undo(salma, "2026-1", **{"reason-fr": ""}).status_code == 422
    link_id = session.scalar(select(Lineage.id))
    session.remove()
    undo(salma, "2026-1")
    again = fill(salma, f"{LINEAGE}/2026-1/undo/{link_id}", **WHY)
    assert (again.status_code, "was undone on" in again.text) == (409, True)
    assert len(entries()) == 2


def test_a_merge_is_not_undone_once_either_idea_has_moved_on(three, salma):
    merge(salma, "2026-1", "2026-3")
    settle("2026-3")
    answer = undo(salma, "2026-1")
    assert (answer.status_code, "has moved on since" in answer.text) == (409, True)
    assert states("2026-1") == ["joined"]


def test_a_merge_is_undone_when_the_other_author_withdrew(three, salma):
    merge(salma, "2026-1", "2026-3")
    set_idea(
        "2026-3",
        state=IdeaState.WITHDRAWN,
        fate=Fate.WITHDRAWN,
        reason=Reason.AUTHOR_WITHDREW,
        reason_text=Translated(fr="Retirée"),
        fate_at=THEN,
    )
    assert undo(salma, "2026-1").status_code == 302
    assert states("2026-1") == ["received"]


def test_links_are_undone_in_the_order_that_leads_back(three, salma):
    merge(salma, "2026-1", "2026-2")
    merge(salma, "2026-2", "2026-3")
    answer = undo(salma, "2026-1")
    assert (answer.status_code, "Undo that later link first" in answer.text) == (409, True)
    undo(salma, "2026-2")
    undo(salma, "2026-1")
    assert states("2026-1", "2026-2", "2026-3") == ["received"] * 3


def test_a_merge_is_not_undone_while_its_fate_is_being_prepared(three, salma):
    merge(salma, "2026-1", "2026-3")
    draft("2026-1")
    answer = undo(salma, "2026-1")
    assert (answer.status_code, "already being prepared" in answer.text) == (409, True)


def test_a_link_is_undone_from_its_own_ideas_only(three, salma):
    merge(salma, "2026-1", "2026-3")
    link_id = session.scalar(select(Lineage.id))
    session.remove()
    assert salma.get(f"{LINEAGE}/2026-2/undo/{link_id}").status_code == 404
    assert salma.get(f"{LINEAGE}/2026-3/undo/{link_id}").status_code == 200


# The fate of what is part of another


def test_an_idea_merged_into_another_still_gets_a_fate_of_its_own(three, salma, client):
    merge(salma, "2026-1", "2026-3")
    refuse("2026-3", three)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, body=body(three))
    session.remove()
    drafts = {each.idea_id: each for each in session.scalars(select(FateDraft))}
    mine = drafts[idea("2026-1").id]
    assert (mine.fate, mine.reason) == (Fate.MERGED, Reason.SAME_AS_ANOTHER)
    assert mine.reason_text["en"] == "It was merged into 2026-3, whose fate says what became of both."
    assert set(mine.reason_text) == {"ar", "fr", "en"}
    assert mine.institution_id == three.ministry.id
    batch_id = mine.batch_id
    session.remove()
    read_by_a_second_person(three, f"{BATCHES}/{batch_id}")
    press(salma, f"{BATCHES}/{batch_id}", "/publish")
    publishing.go_on(THEN)
    assert idea("2026-1").fate is Fate.MERGED
    assert "2026-3" in client.get("/en/ideas/2026-1").text
    assert {"nadia@example.org", "sara@example.org"} <= set(mails("dispositions/fates"))


def refuse(reference, cast):
    row = idea(reference)
    row.state = IdeaState.NOT_ACCEPTED
    session.add(
        Screening(
            idea_id=row.id,
            is_clear=False,
            is_precise=True,
            is_about_openness=True,
            accepted=False,
            reason=Reason.NOT_CLEAR,
            reason_text=Translated(ar="غير واضحة", fr="Pas claire"),
            decided_by=cast.salma.id,
            decided_at=THEN,
        )
    )
    session.commit()
    session.remove()


def body(cast):
    return str(cast.ministry.id)


def test_it_waits_for_its_fate_as_long_as_the_other_does(three, salma):
    merge(salma, "2026-1", "2026-3")
    refuse("2026-2", three)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, body=body(three))
    session.remove()
    assert [each.idea_id for each in session.scalars(select(FateDraft))] == [idea("2026-2").id]


def test_without_a_body_of_the_other_the_batch_says_what_lacks(three, salma):
    merge(salma, "2026-1", "2026-3")
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, references="2026-1", body="")
    session.remove()
    mine = session.scalars(select(FateDraft)).one()
    assert (mine.fate, mine.institution_id) == (Fate.MERGED, None)
    assert mine.lacks == ["body"]


def test_a_joined_idea_whose_other_was_withdrawn_is_left_to_a_person(three, salma):
    merge(salma, "2026-1", "2026-3")
    settle("2026-3", Fate.WITHDRAWN, Reason.AUTHOR_WITHDREW)
    set_idea("2026-3", state=IdeaState.WITHDRAWN)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, references="2026-1", body=body(three))
    session.remove()
    assert session.scalars(select(FateDraft)).one().fate is None


# Splitting


PARTS = {"part_1": "Publier les budgets", "part_2": "Publier les marchés"}


def test_an_idea_is_split_into_parts_of_the_same_author(three, salma, client):
    set_idea("2026-1", region_code="02", state=IdeaState.REFERRED)
    back("2026-1", "supports@example.org")
    assert fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY).status_code == 302
    assert states("2026-1", "2026-4", "2026-5") == ["joined", "accepted", "accepted"]
    part = idea("2026-4")
    assert (part.proposal, part.region_code, part.theme_id) == (
        "Publier les budgets",
        "02",
        three.access.id,
    )
    assert part.supporters == 1
    assert kinds("2026-4") == [("received", None), ("joined", "split_from")]
    receipts = session.scalars(select(Mail).where(Mail.template == "ideas/received")).all()
    assert [mail.to for mail in receipts] == ["nadia@example.org"] * 2
    assert sorted(mails()) == ["nadia@example.org", "supports@example.org"]
    assert "Publier les budgets" in client.get("/en/ideas/2026-4").text
    assert "A part of it became" in client.get("/en/ideas/2026-1").text
    assert "2026-4" in client.get("/en/ideas?q=budgets").text


def test_a_part_of_what_was_not_screened_is_not_screened_either(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert states("2026-4", "2026-5") == ["received", "received"]


def test_one_part_is_no_split_and_no_words_are_published_again_that_are_hidden(three, salma):
    assert fill(salma, f"{LINEAGE}/2026-1/split", part_1="Seule", part_2="", **WHY).status_code == 422
    set_idea("2026-1", hidden_at=THEN)
    answer = fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert (answer.status_code, "shown to nobody" in answer.text) == (409, True)
    assert session.query(Idea).count() == 3


def test_undoing_a_split_merges_the_parts_back(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert undo(salma, "2026-1").status_code == 302
    assert states("2026-1", "2026-4", "2026-5") == ["received", "joined", "joined"]
    assert kinds("2026-4")[-2:] == [("parted", "split_from"), ("joined", "merged_into")]
    standing = session.scalars(select(Lineage).where(Lineage.undone_at.is_(None))).all()
    assert {each.kind.value for each in standing} == {"merged_into"}
    assert session.scalars(select(Mail).where(Mail.key.like("lineage:undone:%"))).one()


def test_a_split_is_not_undone_once_a_part_was_decided(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    set_idea("2026-5", state=IdeaState.ACCEPTED)
    answer = undo(salma, "2026-1")
    assert (answer.status_code, "has moved on since" in answer.text) == (409, True)
    assert states("2026-1", "2026-4") == ["joined", "received"]


# Restating and carrying over


def test_the_later_idea_restates_the_earlier_and_neither_changes(three, salma):
    settle("2026-1")
    assert fill(salma, f"{LINEAGE}/2026-3/restate", other="2026-1", **WHY).status_code == 302
    assert kinds("2026-1")[-1] == ("joined", "restated_as")
    assert kinds("2026-3")[-1] == ("joined", "restates")
    assert states("2026-1", "2026-3") == ["published", "received"]
    again = fill(salma, f"{LINEAGE}/2026-1/restate", other="2026-3", **WHY)
    assert (again.status_code, "already linked" in again.text) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1", "2026-3") == ["published", "received"]


def later(cast):
    session.add(
        Cycle(
            code="2028",
            title=T("خطة 2028", "Plan 2028"),
            summary=T("القادمة", "La suivante"),
            starts_on=date(2028, 1, 1),
            ends_on=date(2029, 12, 31),
        )
    )
    session.commit()
    session.remove()


def test_a_deferred_idea_is_received_again_in_the_next_cycle(three, salma):
    later(three)
    settle("2026-1")
    back("2026-1", "follows@example.org", supports=False, follows=Rhythm.WEEKLY)
    assert fill(salma, f"{LINEAGE}/2026-1/carry", **WHY).status_code == 302
    assert states("2026-1", "2028-1") == ["published", "received"]
    assert idea("2028-1").proposal == idea("2026-1").proposal
    assert [row.email for row in backings("2028-1")] == ["follows@example.org"]
    assert kinds("2028-1")[-1] == ("joined", "carried_from")
    assert "ideas/received" in {mail.template for mail in session.scalars(select(Mail))}
    again = salma.post(f"{LINEAGE}/2026-1/carry", data={**token(salma), **WHY})
    assert (again.status_code, "already linked" in again.text) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1", "2028-1") == ["published", "received"]
    assert backings("2028-1") == []


def test_only_a_deferred_idea_is_carried_over_and_only_where_there_is_a_next_cycle(three, salma):
    settle("2026-1")
    answer = fill(salma, f"{LINEAGE}/2026-1/carry", **WHY)
    assert (answer.status_code, "no later cycle" in answer.text) == (409, True)
    later(three)
    answer = fill(salma, f"{LINEAGE}/2026-2/carry", **WHY)
    assert (answer.status_code, "deferred" in answer.text) == (409, True)


# The pages


def test_the_desk_offers_what_can_be_done_and_ideas_that_look_alike(three, salma):
    page = salma.get(f"{LINEAGE}/2026-1").text
    assert "Merge it into another idea" in page
    assert "Carry it over" not in page
    settle("2026-1")
    page = salma.get(f"{LINEAGE}/2026-1").text
    assert "Carry it over" in page
    assert "Merge it into another idea" not in page
    assert f'href="{LINEAGE}/2026-1"' in salma.get("/en/manage/dispositions/screening/2026-1").text


def test_an_idea_that_looks_alike_is_one_step_away(cast, salma):
    for words in ("نشر ميزانية الجماعة على موقعها", "نشر ميزانية الجماعة على موقعها كل سنة"):
        received(cast, proposal=words, tokens=search_tokens(words))
    page = salma.get(f"{LINEAGE}/2026-1").text
    assert f'href="{LINEAGE}/2026-1/merge?other=2026-2"' in page
    assert fill(salma, f"{LINEAGE}/2026-1/merge?other=2026-2", **WHY).status_code == 302
    assert states("2026-1", "2026-2") == ["joined", "received"]


def test_the_family_is_drawn_and_said_in_one_statement_without_anybodys_words(
    three, salma, client, statements
):
    received(three, 20)
    sentence = idea("2026-1").proposal
    session.remove()
    merge(salma, "2026-1", "2026-3")
    set_idea("2026-1", hidden_at=THEN)
    with statements() as few:
        page = client.get("/en/ideas/2026-3").text
    assert 'role="img"' in page
    assert sentence not in page.split('id="family"')[1]
    names = " ".join(f"2026-{number}" for number in range(4, 24))
    fill(salma, f"{LINEAGE}/2026-3/gather", others=names, **WHY)
    with statements() as many:
        page = client.get("/en/ideas/2026-3").text
    assert len(many) == len(few) <= 6
    assert page.count("<foreignObject") == 9
    assert "and 13 more links" in page
    assert "and 20 more" in page.split('id="family"')[0]
    assert len(page.encode()) <= 15 * 1024
    with statements() as alone:
        client.get("/en/ideas/2026-2")
    assert len(alone) == len(few) - 1


def test_a_drawing_is_mirrored_where_people_read_from_the_right(three, salma, client):
    merge(salma, "2026-1", "2026-3")

    def x_of_target(language):
        drawing = client.get(f"/{language}/ideas/2026-3").text.split("<svg")[1].split("</svg>")[0]
        return float(drawing.split('class="is-here"')[0].rsplit(' x="', 1)[1].split('"')[0])

    assert x_of_target("ar") == 0
    assert x_of_target("fr") > 100
