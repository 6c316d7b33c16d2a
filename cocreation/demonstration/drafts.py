"""Commitments of today's cycle on their way: one is proposed, one was read by the committee, which remarked."""

from __future__ import annotations

from datetime import date, timedelta

from cocreation.demonstration.content import at, load, translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.draft_commitments.services import drafts, proposals
from cocreation.plan.models import Commitment


def write_together(stage: DemonstrationStage, commitment: Commitment, today: date) -> None:
    """The first draft is shared and remarked on, before it is put to public comment; a proposal waits."""
    said, people = load("drafts"), stage.people
    shared = at(today - timedelta(days=23), 15)
    drafts.share([commitment.id], by=stage.secretariat.id, now=shared)
    for number, row in enumerate(said["remarks"], 1):
        now = shared + timedelta(hours=2 * number)
        by = people[row["by"]].id
        remark = drafts.remark(commitment.id, row["section"], row["words"], by=by, now=now)
        if "reply" in row:
            replier, later = people[row["replied_by"]].id, now + timedelta(hours=1)
            drafts.reply(commitment.id, remark.id, row["reply"], by=replier, now=later)
    own = said["proposal"]
    names = ("title", "problem", "solution", "result")
    words = proposals.ProposedWords(*(translated(own[name]) for name in names))
    body, by = stage.institutions[own["institution"]].id, people[own["by"]].id
    proposals.propose(commitment.cycle_id, body, words, by=by, now=at(today - timedelta(days=2), 11))
