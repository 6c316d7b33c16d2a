"""The rules of the screening: what a reading finds on the three criteria, and what readings come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cocreation.core.database import Translated
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import DEFAULT
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import Reading, Screening
from cocreation.screening.refusals import (
    ExplanationMissing,
    NoteMissing,
    Unfinished,
)


def refused(screening: Screening, body_id: int | None) -> FateDecision:
    """What a refusal at screening comes to, `body_id` answering for it."""
    return FateDecision(Fate.NOT_ACCEPTED, screening.reason, screening.reason_text, body_id)


TO_COMPLETE = re.compile(r"\[[^\]]*\]")  # what a template leaves open


@dataclass(frozen=True)
class Finding:
    """What a reader found on a criterion: 0 it does not hold, 1 in part, 2 it holds; below 2 with a note."""

    score: int
    note: str | None = None


HOLDS = Finding(2)


@dataclass(frozen=True)
class Examination:
    """What a reader found on the three criteria, and why not when one does not hold."""

    clarity: Finding = HOLDS
    precision: Finding = HOLDS
    openness: Finding = HOLDS
    reason: Reason | None = None
    reason_text: Translated | None = None

    @property
    def findings(self) -> dict[Reason, Finding]:
        """In the order of the criteria, each under the reason that it gives when it does not hold."""
        return {
            Reason.NOT_CLEAR: self.clarity,
            Reason.NOT_PRECISE: self.precision,
            Reason.NOT_OPENNESS: self.openness,
        }

    @property
    def failing(self) -> list[Reason]:
        """The reasons that the criteria give which do not hold."""
        return [reason for reason, finding in self.findings.items() if not finding.score]

    @property
    def accepts(self) -> bool:
        """The rule of the method: all three criteria must hold, in part at least."""
        return not self.failing

    def check(self, language: str) -> None:
        """For an author who speaks `language`. Raises NoteMissing, ExplanationMissing, Unfinished."""
        if any(finding.score < HOLDS.score and not finding.note for finding in self.findings.values()):
            raise NoteMissing
        if self.accepts:
            return
        text = self.reason_text or Translated()
        if self.reason not in self.failing or not (text.get(DEFAULT.code) or text.get(language)):
            raise ExplanationMissing
        if any(TO_COMPLETE.search(words) for words in text.values()):
            raise Unfinished


ALL_HOLD = Examination()


class Verdict(Enum):
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not accepted"
    OPEN = "needs another reader"


def verdict(readings: Sequence[Reason | None], readers_to_refuse: int) -> Verdict:
    """What the readings of an idea come to; each is why it refuses, None where it accepts.

    The rule of readers: one who accepts is enough; a refusal takes `readers_to_refuse` who agree on the
    reason, or one more whatever their reasons; when readers disagree, another one decides.
    """
    reasons = Counter(reason for reason in readings if reason)
    refusing = reasons.total()
    accepting = len(readings) - refusing
    if accepting > refusing:
        return Verdict.ACCEPTED
    agree = max(reasons.values(), default=0) >= readers_to_refuse or refusing > readers_to_refuse
    return Verdict.NOT_ACCEPTED if agree and refusing > accepting else Verdict.OPEN


def is_current(reading: Reading, idea: Idea) -> bool:
    """Whether a reading counts: it is of the words as they stand, and was not set aside by a reopening."""
    return reading.set_aside_at is None and (idea.edited_at is None or reading.read_at >= idea.edited_at)
