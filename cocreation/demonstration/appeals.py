"""The appeals of the past cycle, each answered in public by somebody who had no part in its fate."""

from __future__ import annotations

from cocreation.appeals import services as appeals
from cocreation.core.database import session
from cocreation.demonstration.content import at, load, translated
from cocreation.demonstration.outcomes import outcome
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.ideas.models.dialogue import Hearing
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.services import dialogue
from cocreation.plan.models import Commitment


def contest(stage: DemonstrationStage, chosen: list[tuple[Idea, str]], commitments: list[Commitment]) -> None:
    """Authors contest the fate of their ideas once it is published, and are answered."""
    first = {key: idea for idea, key in reversed(chosen)}
    judge = stage.people["committee2@demo.example"]
    for row in load("appeals")["appeals"]:
        idea = first[row["idea"]]
        session.refresh(idea)
        dialogue.appeal(idea.receipt, row["words"], now=at(row["filed"], 18))
        result = Hearing(row["outcome"])
        decision = outcome(stage, row["fate"], commitments).decision() if "fate" in row else None
        answered = at(row["heard"], 11)
        appeals.hear(idea.id, result, translated(row), decision, by=judge.id, now=answered)
