"""What an entry of decisions.toml comes to: an answer of its institution, a fate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cocreation.core.database import Translated
from cocreation.demonstration.content import translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.ideas.decision import FateDecision
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.study.services.answers import InstitutionAnswer
from cocreation.study.services.criteria import Scores

# Where the demonstration's institutions show what is already under way.
PROGRAMMES = "https://www.example.org/programmes"


@dataclass(frozen=True)
class IdeaOutcome:
    """An entry of decisions.toml with what it names."""

    fate: Fate
    reason: Reason
    text: Translated
    institution_id: int
    commitment_id: int | None

    def answer(self, scores: Scores | None = None) -> InstitutionAnswer:
        """The same as an institution says it, with its scores where the cycle has criteria."""
        proof = PROGRAMMES if self.fate is Fate.ALREADY_UNDER_WAY else None
        return InstitutionAnswer(
            self.fate, self.reason, self.text, self.commitment_id, proof, scores=scores or {}
        )

    def decision(self) -> FateDecision:
        """The same as a fate."""
        return FateDecision(self.fate, self.reason, self.text, self.institution_id, self.commitment_id)


def outcome(stage: DemonstrationStage, row: dict[str, Any], commitments: list[Commitment]) -> IdeaOutcome:
    """What an entry of decisions.toml says; where its fate has one reason only, that is the reason."""
    fate = next(fate for fate in Fate if fate.value == row["fate"])
    reason = next(reason for reason in Reason if reason.value == row.get("reason", REASONS[fate][0].value))
    commitment = commitments[row["commitment"] - 1] if "commitment" in row else None
    body = commitment.institution_id if commitment else stage.institutions[row.get("body", "secretariat")].id
    return IdeaOutcome(fate, reason, translated(row), body, commitment.id if commitment else None)
