"""The institution's answer to an idea: what it does with it, why, and in which commitment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.core import audit
from cocreation.core.database import Translated, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.text import isolate_text
from cocreation.cycles.models import Cycle, Phase
from cocreation.dispositions.models import ANSWERS, FateDraft, Referral
from cocreation.dispositions.services.calendar import must_be_open
from cocreation.dispositions.services.drafting import proposed, revise
from cocreation.ideas.models import REASONS, Fate, Idea, IdeaState, Reason, StepKind
from cocreation.ideas.services import record_step
from cocreation.plan.models import Commitment
from cocreation.register import journal
from cocreation.register.journal import Action, Entry


class FateAlreadyPublished(Refusal):
    sentence = _l("The fate of %(reference)s is already settled, so its answer can no longer change.")


class PartOfAnother(Refusal):
    sentence = _l("%(reference)s is now part of another idea, which is answered instead.")


class AnswerIncomplete(Invalid):
    sentence = _l("An answer needs a reason that goes with it, and an explanation in words.")


class CommitmentMissing(Invalid):
    sentence = _l("An idea that is included, wholly or partly, needs the commitment that includes it.")


class NothingChosen(Invalid):
    sentence = _l("Choose at least one idea.")


@dataclass(frozen=True)
class Answer:
    """What an institution says: one of `ANSWERS`, a reason that can stand behind it, and the words."""

    fate: Fate
    reason: Reason
    text: Translated
    commitment_id: int | None = None


def answer(referral_id: int, given: Answer, *, by: int, now: datetime) -> Referral:
    """Answer a referral, or answer it again while the idea's fate is not published.

    Raises NotFound, PhaseClosed, FateAlreadyPublished, PartOfAnother, AnswerIncomplete, CommitmentMissing.
    """
    return answer_all([referral_id], given, by=by, now=now)[0]


def answer_all(referral_ids: Sequence[int], given: Answer, *, by: int, now: datetime) -> list[Referral]:
    """The same answer to several referrals at once, all or none of them.

    Raises NothingChosen and what `answer` raises.
    """
    referrals = _locked(referral_ids)
    if not referrals:
        raise NothingChosen
    for referral in referrals:
        must_be_open(referral.idea.cycle, Phase.STUDY, now)
        if referral.idea.is_settled:
            raise FateAlreadyPublished(reference=isolate_text(referral.idea.reference))
        if referral.idea.state is IdeaState.JOINED:
            raise PartOfAnother(reference=isolate_text(referral.idea.reference))
    commitment = _checked(given, {referral.idea.cycle_id for referral in referrals})
    idea_ids = [referral.idea_id for referral in referrals]
    siblings, drafts = _siblings(idea_ids), _drafts(idea_ids)
    for referral in referrals:
        before = proposed(siblings[referral.idea_id])
        _write(referral, given, commitment, siblings[referral.idea_id], by, now)
        if draft := drafts.get(referral.idea_id):
            revise(draft, before, proposed(siblings[referral.idea_id]))
    journal.append_all([_told(referral) for referral in referrals], now)
    return referrals


def sealed(referral: Referral) -> str:
    """The seal of an answer: in the register at once, while the answer itself waits for the fates."""
    return journal.seal(opened(referral))


def opened(referral: Referral) -> dict[str, object]:
    """An answer as the register shows it, with the fate, once that is published."""
    return {
        "institution": referral.institution.slug,
        "answer": referral.answer,
        "reason": referral.reason,
        "reason_text": referral.reason_text,
        "commitment": referral.commitment.reference if referral.commitment else None,
    }


def _locked(referral_ids: Sequence[int]) -> list[Referral]:
    """The referrals, their ideas locked in the order in which everybody locks them."""
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(Referral.id.in_(referral_ids))
        .options(
            contains_eager(Referral.idea).joinedload(Idea.cycle).selectinload(Cycle.phases),
            joinedload(Referral.institution),
        )
        .order_by(Idea.id, Referral.id)
        .with_for_update(of=[Idea, Referral])
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _checked(given: Answer, cycle_ids: set[int]) -> Commitment | None:
    """The commitment of a usable answer. Raises AnswerIncomplete, CommitmentMissing."""
    if given.fate not in ANSWERS or given.reason not in REASONS[given.fate] or not given.text:
        raise AnswerIncomplete
    if not given.fate.needs_commitment:
        return None
    of_cycle = select(Commitment).where(Commitment.id == given.commitment_id)
    commitment: Commitment | None = session.scalar(of_cycle.options(joinedload(Commitment.cycle)))
    if commitment is None or {commitment.cycle_id} != cycle_ids:
        raise CommitmentMissing
    return commitment


def _siblings(idea_ids: Sequence[int]) -> dict[int, list[Referral]]:
    """All referrals of each idea."""
    grouped: dict[int, list[Referral]] = {idea_id: [] for idea_id in idea_ids}
    of_ideas = select(Referral).where(Referral.idea_id.in_(idea_ids)).order_by(Referral.id)
    for each in session.scalars(of_ideas):
        grouped[each.idea_id].append(each)
    return grouped


def _drafts(idea_ids: Sequence[int]) -> dict[int, FateDraft]:
    return {
        each.idea_id: each
        for each in session.scalars(select(FateDraft).where(FateDraft.idea_id.in_(idea_ids)))
    }


def _write(
    referral: Referral,
    given: Answer,
    commitment: Commitment | None,
    siblings: list[Referral],
    by: int,
    now: datetime,
) -> None:
    idea, is_first = referral.idea, referral.answer is None
    referral.answer, referral.reason, referral.reason_text = given.fate, given.reason, given.text
    referral.commitment, referral.commitment_id = commitment, commitment.id if commitment else None
    referral.answered_by, referral.answered_at = by, now
    if all(each.answer for each in siblings):
        idea.state = IdeaState.ANSWERED
    if is_first:
        record_step(idea, StepKind.ANSWERED, at=now, institution_id=referral.institution_id)
    audit.record("idea answered", idea.reference or "", by=by, now=now, institution=referral.institution.slug)


def _told(referral: Referral) -> Entry:
    content = {"institution": referral.institution.slug, "seal": sealed(referral)}
    return Action.ANSWERED, referral.idea.reference or "", content
