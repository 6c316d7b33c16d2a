"""Restating an earlier idea, and carrying a deferred one over to the next cycle."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.backing.models import Rhythm
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.merges.refusals import AlreadyLinked, NoLaterCycle, NotDeferred
from tests.desk import idea, states
from tests.forms import fill
from tests.merges.links import LINEAGE, WHY, back, backings, kinds, later, settle, token, undo
from tests.words import says


def test_the_later_idea_restates_the_earlier_and_neither_changes(three, salma):
    settle("2026-1")
    assert fill(salma, f"{LINEAGE}/2026-3/restate", other="2026-1", **WHY).status_code == 302
    assert kinds("2026-1")[-1] == ("joined", "restated_as")
    assert kinds("2026-3")[-1] == ("joined", "restates")
    assert states("2026-1", "2026-3") == ["published", "received"]
    again = fill(salma, f"{LINEAGE}/2026-1/restate", other="2026-3", **WHY)
    assert (again.status_code, says(again, AlreadyLinked)) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1", "2026-3") == ["published", "received"]


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
    assert (again.status_code, says(again, AlreadyLinked)) == (409, True)
    undo(salma, "2026-1")
    assert states("2026-1", "2028-1") == ["published", "received"]
    assert backings("2028-1") == []


def test_only_a_deferred_idea_is_carried_over_and_only_where_there_is_a_next_cycle(three, salma):
    settle("2026-1")
    answer = fill(salma, f"{LINEAGE}/2026-1/carry", **WHY)
    assert (answer.status_code, says(answer, NoLaterCycle)) == (409, True)
    later(three)
    answer = fill(salma, f"{LINEAGE}/2026-2/carry", **WHY)
    assert (answer.status_code, says(answer, NotDeferred)) == (409, True)
