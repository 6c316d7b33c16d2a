"""Undoing a link: the ideas stand again where they stood, unless they have moved on."""

from __future__ import annotations

import json

from sqlalchemy import select

from cocreation.batches.refusals import PreparedNotLinked
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.idea import IdeaState, StepKind
from cocreation.ideas.models.lineage import Lineage
from cocreation.merges.refusals import AlreadyUndone, MovedOn, UndoTheLaterFirst
from cocreation.reasons.models import Fate, Reason
from tests.cast import THEN
from tests.desk import entries, states
from tests.forms import fill
from tests.html import texts
from tests.merges.links import LINEAGE, WHY, draft, kinds, merge, set_idea, settle, undo
from tests.words import says


def test_undoing_a_merge_brings_the_idea_back_where_it_stood_and_stays_in_the_history(three, salma, client):
    set_idea("2026-1", state=IdeaState.ACCEPTED)
    merge(salma, "2026-1", "2026-3")
    assert undo(salma, "2026-1").status_code == 302
    assert states("2026-1", "2026-3") == ["accepted", "received"]
    assert kinds("2026-1")[-1] == ("parted", "merged_into")
    assert kinds("2026-3")[-1] == ("parted", "merged_from")
    answer = client.get("/en/ideas/2026-1")
    assert says(answer, STEPS[StepKind.PARTED].sentence)
    page = answer.text
    assert ["10 March 2026" in text for text in texts(page, ".linked .state")] == [True]
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
    assert (again.status_code, says(again, AlreadyUndone)) == (409, True)
    assert len(entries()) == 2


def test_a_merge_is_not_undone_once_either_idea_has_moved_on(three, salma):
    merge(salma, "2026-1", "2026-3")
    settle("2026-3")
    answer = undo(salma, "2026-1")
    assert (answer.status_code, says(answer, MovedOn)) == (409, True)
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
    assert (answer.status_code, says(answer, UndoTheLaterFirst)) == (409, True)
    undo(salma, "2026-2")
    undo(salma, "2026-1")
    assert states("2026-1", "2026-2", "2026-3") == ["received"] * 3


def test_a_merge_is_not_undone_while_its_fate_is_being_prepared(three, salma):
    merge(salma, "2026-1", "2026-3")
    draft("2026-1")
    answer = undo(salma, "2026-1")
    assert (answer.status_code, says(answer, PreparedNotLinked)) == (409, True)


def test_a_link_is_undone_from_its_own_ideas_only(three, salma):
    merge(salma, "2026-1", "2026-3")
    link_id = session.scalar(select(Lineage.id))
    session.remove()
    assert salma.get(f"{LINEAGE}/2026-2/undo/{link_id}").status_code == 404
    assert salma.get(f"{LINEAGE}/2026-3/undo/{link_id}").status_code == 200
