"""Splitting an idea into parts of the same author, and undoing it."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas.chain.steps import LINKED
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.merges.refusals import MovedOn, WordsNotShown
from tests.cast import THEN
from tests.desk import idea, states
from tests.forms import fill
from tests.merges.links import LINEAGE, WHY, back, kinds, mails, set_idea, undo
from tests.words import says

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
    assert says(client.get("/en/ideas/2026-1"), LINKED[Kinship.SPLIT_INTO])
    assert "2026-4" in client.get("/en/ideas?q=budgets").text


def test_a_part_of_what_was_not_screened_is_not_screened_either(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert states("2026-4", "2026-5") == ["received", "received"]


def test_one_part_is_no_split_and_no_words_are_published_again_that_are_hidden(three, salma):
    assert fill(salma, f"{LINEAGE}/2026-1/split", part_1="Seule", part_2="", **WHY).status_code == 422
    set_idea("2026-1", hidden_at=THEN)
    answer = fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert (answer.status_code, says(answer, WordsNotShown)) == (409, True)
    assert session.query(Idea).count() == 3


def test_undoing_a_split_merges_the_parts_back(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    assert undo(salma, "2026-1").status_code == 302
    assert states("2026-1", "2026-4", "2026-5") == ["received", "joined", "joined"]
    assert kinds("2026-4")[-2:] == [("parted", "split_from"), ("joined", "merged_into")]
    standing = session.scalars(select(Lineage).where(Lineage.undone_at.is_(None))).all()
    assert {link.kind.value for link in standing} == {"merged_into"}
    assert session.scalars(select(Mail).where(Mail.key.like("lineage:undone:%"))).one()


def test_a_split_is_not_undone_once_a_part_was_decided(three, salma):
    fill(salma, f"{LINEAGE}/2026-1/split", **PARTS, **WHY)
    set_idea("2026-5", state=IdeaState.ACCEPTED)
    answer = undo(salma, "2026-1")
    assert (answer.status_code, says(answer, MovedOn)) == (409, True)
    assert states("2026-1", "2026-4") == ["joined", "received"]
