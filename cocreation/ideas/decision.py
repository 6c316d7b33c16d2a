"""What an idea is about to become, or became: a fate with its reason, its body and its commitment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Protocol

from cocreation.core.database import Translated
from cocreation.ledger.journal import seal
from cocreation.reasons.models import Fate, Reason


class HoldsFate(Protocol):
    """A row with the columns of a decision: an idea, or the draft of its fate."""

    fate: Fate | None
    reason: Reason | None
    reason_text: Translated | None
    institution_id: int | None
    commitment_id: int | None


@dataclass(frozen=True)
class FateDecision:
    """The fate an idea is about to have. Anything may still be missing."""

    fate: Fate | None = None
    reason: Reason | None = None
    reason_text: Translated | None = None
    institution_id: int | None = None
    commitment_id: int | None = None

    @classmethod
    def of(cls, row: HoldsFate) -> FateDecision:
        """What a draft, or a published fate, says now."""
        return cls(row.fate, row.reason, row.reason_text, row.institution_id, row.commitment_id)

    @property
    def mark(self) -> str:
        """The same for the same decision: tells whether somebody else changed it meanwhile."""
        return seal(asdict(self))[:16]

    def write(self, row: HoldsFate) -> None:
        """Write it to an idea, or to the draft of its fate."""
        row.fate, row.reason, row.reason_text = self.fate, self.reason, self.reason_text
        row.institution_id, row.commitment_id = self.institution_id, self.commitment_id


UNDECIDED = FateDecision()
