"""TODO."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from cocreation.core.database import Translated
from cocreation.fates.models import FateDraft
from cocreation.ideas.models.idea import Fate, Idea, Reason
from cocreation.ledger.journal import seal


@dataclass(frozen=True)
class FateDecision:
    """The fate an idea is about to have. Anything may still be missing."""

    fate: Fate | None = None
    reason: Reason | None = None
    reason_text: Translated | None = None
    institution_id: int | None = None
    commitment_id: int | None = None

    @classmethod
    def of(cls, draft: FateDraft | Idea) -> FateDecision:
        """What a draft, or a published fate, says now."""
        return cls(draft.fate, draft.reason, draft.reason_text, draft.institution_id, draft.commitment_id)

    @property
    def mark(self) -> str:
        """The same for the same decision: tells whether somebody else changed it meanwhile."""
        return seal(asdict(self))[:16]

    def write(self, draft: FateDraft | Idea) -> None:
        draft.fate, draft.reason, draft.reason_text = self.fate, self.reason, self.reason_text
        draft.institution_id, draft.commitment_id = self.institution_id, self.commitment_id


UNDECIDED = FateDecision()
