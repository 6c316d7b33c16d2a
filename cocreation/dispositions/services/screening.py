"""Screening: is the idea clear, precise and directly about openness? All three, or a reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle, Phase
from cocreation.dispositions.models import Screening
from cocreation.dispositions.services.calendar import must_be_open
from cocreation.ideas.models import Idea, IdeaState, Reason, StepKind
from cocreation.ideas.services import record_step
from cocreation.register import journal
from cocreation.register.journal import Action, Entry

WITH_CALENDAR = joinedload(Idea.cycle).selectinload(Cycle.phases)


class AlreadyAccepted(Refusal):
    sentence = _l("Meanwhile this idea was accepted, on %(at)s. Your decision was not saved.")


class AlreadyNotAccepted(Refusal):
    sentence = _l(
        "Meanwhile this idea was not accepted, on %(at)s, for the reason “%(reason)s”."
        " Your decision was not saved."
    )


class NotWaiting(Refusal):
    sentence = _l("This idea is not waiting for screening: it stands at “%(state)s”.")


class ReasonMissing(Invalid):
    sentence = _l(
        "When a criterion does not hold, say why: choose the reason that goes with it and write"
        " an explanation in Arabic or in the author's language."
    )


@dataclass(frozen=True)
class Examination:
    """What a screener found on the three criteria, and why not when one does not hold."""

    is_clear: bool
    is_precise: bool
    is_about_openness: bool
    reason: Reason | None = None
    reason_text: Translated | None = None

    @property
    def accepted(self) -> bool:
        """The rule of the method: all three criteria must hold."""
        return self.is_clear and self.is_precise and self.is_about_openness

    @property
    def failing(self) -> list[Reason]:
        """The reasons that the failing criteria give, in the order of the criteria."""
        criteria = (
            (self.is_clear, Reason.NOT_CLEAR),
            (self.is_precise, Reason.NOT_PRECISE),
            (self.is_about_openness, Reason.NOT_OPENNESS),
        )
        return [reason for holds, reason in criteria if not holds]

    def explains(self, language: str) -> bool:
        """Whether a refusal is reasoned in Arabic or in `language`, the author's."""
        text = self.reason_text or Translated()
        return self.reason in self.failing and bool(text.get("ar") or text.get(language))


ALL_HOLD = Examination(True, True, True)


def screen(idea_id: int, examination: Examination, *, by: int, now: datetime) -> Idea:
    """Decide whether an idea is accepted, once.

    Raises NotFound, PhaseClosed, AlreadyAccepted, AlreadyNotAccepted, NotWaiting, ReasonMissing.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    must_be_open(idea.cycle, Phase.SCREENING, now)
    if idea.state is not IdeaState.RECEIVED:
        raise _why_not(idea)
    if not examination.accepted and not examination.explains(idea.language):
        raise ReasonMissing
    journal.append_all([_decide(idea, examination, by, now)], now)
    audit.record("idea screened", idea.reference or "", by=by, now=now, accepted=examination.accepted)
    return idea


def accept_all(idea_ids: Sequence[int], *, by: int, now: datetime) -> tuple[int, int]:
    """Accept ideas on which all three criteria hold; how many were, and how many were decided meanwhile.

    Raises PhaseClosed.
    """
    chosen = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(of=Idea)
    calendar = selectinload(Idea.cycle).selectinload(Cycle.phases)
    ideas = session.scalars(chosen.options(calendar).execution_options(populate_existing=True)).all()
    for idea in ideas:
        must_be_open(idea.cycle, Phase.SCREENING, now)
    waiting = [idea for idea in ideas if idea.state is IdeaState.RECEIVED]
    journal.append_all([_decide(idea, ALL_HOLD, by, now) for idea in waiting], now)
    for idea in waiting:
        audit.record("idea screened", idea.reference or "", by=by, now=now, accepted=True)
    return len(waiting), len(ideas) - len(waiting)


def _decide(idea: Idea, examination: Examination, by: int, now: datetime) -> Entry:
    """Write the decision to an idea that is locked and waiting; what the register says of it."""
    accepted = examination.accepted
    reason, text = (None, None) if accepted else (examination.reason, examination.reason_text)
    criteria = {
        "is_clear": examination.is_clear,
        "is_precise": examination.is_precise,
        "is_about_openness": examination.is_about_openness,
    }
    decision = {"accepted": accepted, "reason": reason, "reason_text": text}
    session.add(Screening(idea_id=idea.id, decided_by=by, decided_at=now, **criteria, **decision))
    idea.state = IdeaState.ACCEPTED if accepted else IdeaState.NOT_ACCEPTED
    record_step(idea, StepKind.SCREENED, at=now, outcome=idea.state, reason=reason, text=text)
    return Action.SCREENED, idea.reference or "", {**criteria, **decision}


def _why_not(idea: Idea) -> Refusal:
    """Why a screener comes too late."""
    screening = session.get(Screening, idea.id)
    if screening is None or idea.state in (IdeaState.WITHDRAWN, IdeaState.UNCONFIRMED):
        return NotWaiting(state=idea.state.label)
    if screening.accepted:
        return AlreadyAccepted(at=screening.decided_at)
    assert screening.reason
    return AlreadyNotAccepted(at=screening.decided_at, reason=screening.reason.label)
