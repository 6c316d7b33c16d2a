"""The institution's answer to an idea: what it does with it, why, and in which commitment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cocreation.core import audit, clock
from cocreation.core.contacts import is_web_address
from cocreation.core.database import Translated, session
from cocreation.core.events import tell
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.policy import must_be_open
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.ideas.refusals import NoIdeaChosen
from cocreation.ideas.services.steps import record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.study.events import AnswersGiven
from cocreation.study.models import ANSWERS, AnswerDraft, Assessment, Referral
from cocreation.study.policy import proposed
from cocreation.study.queries.referrals import siblings
from cocreation.study.refusals import (
    AnswerIncomplete,
    AnswerIsFinal,
    CommitmentMissing,
    HandedOn,
    NoSuchBody,
    PartOfAnother,
    ProofMissing,
    WentThrough,
)
from cocreation.study.services.criteria import (
    Scores,
    assess,
    check_scores,
    criteria_of,
    published,
    weighted_share,
)
from cocreation.study.services.referrals import hand_on, name_of, told_referral
from cocreation.text.markup import isolate_text


@dataclass(frozen=True)
class InstitutionAnswer:
    """What an institution says: one of `ANSWERS`, a reason that can stand behind it, and the words.

    `proof_url` goes with what is already under way. `transfer_to_id` is the institution an idea goes to; none
    is a body that takes no part here and is named in the words. `scores` are of the cycle's criteria.
    """

    fate: Fate
    reason: Reason
    text: Translated
    commitment_id: int | None = None
    proof_url: str | None = None
    transfer_to_id: int | None = None
    scores: Scores = field(default_factory=dict)


def answer(referral_id: int, given: InstitutionAnswer, *, by: int, now: datetime) -> Referral:
    """Answer a referral, or answer it again while the idea's fate is not published.

    An idea that is transferred goes to the other institution at once. Raises NotFound, PhaseClosed,
    AnswerIsFinal, PartOfAnother, HandedOn, AnswerIncomplete, CommitmentMissing, ProofMissing,
    NoSuchBody, WentThrough, AssessmentMissing, NobodyAnswers.
    """
    return answer_all([referral_id], given, by=by, now=now)[0]


def answer_all(
    referral_ids: Sequence[int], given: InstitutionAnswer, *, by: int, now: datetime
) -> list[Referral]:
    """The same answer to several referrals at once, all or none of them.

    Raises NoIdeaChosen and what `answer` raises.
    """
    giving = AnswersToGive(dict.fromkeys(referral_ids, given))
    if not giving.referrals:
        raise NoIdeaChosen
    for referral in giving.referrals:
        giving.check(referral, now)
    return giving.write(by=by, now=now)


def sealed(referral: Referral) -> str:
    """The seal of an answer: in the register at once, while the answer itself waits for the fates."""
    return journal.seal(opened(referral))


def opened(referral: Referral) -> dict[str, object]:
    """An answer as the register shows it, with the fate, once that is published."""
    more = {
        "proof": referral.proof_url,
        "transferred_to": referral.transfer_to.slug if referral.transfer_to else None,
        "assessment": published(referral.assessments),
    }
    return {
        "institution": referral.institution.slug,
        "answer": referral.answer,
        "reason": referral.reason,
        "reason_text": referral.reason_text,
        "commitment": referral.commitment.reference if referral.commitment else None,
        **{key: value for key, value in more.items() if value},
    }


# What `opened` and `show` need to be loaded with.
WHOLE = (
    joinedload(Referral.institution),
    joinedload(Referral.transfer_to),
    selectinload(Referral.assessments).joinedload(Assessment.criterion),
)


def show(referral: Referral, step: Step) -> None:
    """Say in the public step what the institution answered, which until now only said that it had."""
    assert referral.answered_at
    assert referral.answer
    step.at, step.outcome = referral.answered_at, referral.answer.value
    step.reason, step.text, step.proof_url = referral.reason, referral.reason_text, referral.proof_url
    if criteria := published(referral.assessments):
        share = weighted_share((criterion["weight"], criterion["score"]) for criterion in criteria)
        step.assessment = {"share": share, "criteria": criteria}


class AnswersToGive:
    """Answers about to be given, by the ids of their referrals: all are checked before any is written."""

    def __init__(self, answers: Mapping[int, InstitutionAnswer]) -> None:
        self.answers = answers
        self.referrals = _locked(list(answers))
        idea_ids = [referral.idea_id for referral in self.referrals]
        self.criteria = criteria_of({referral.idea.cycle_id for referral in self.referrals}, hold=True)
        self.siblings = siblings(idea_ids)
        self.commitments = _commitments({given.commitment_id for given in answers.values()})
        self.institutions = _institutions({given.transfer_to_id for given in answers.values()})

    def check(self, referral: Referral, now: datetime) -> None:
        """Whether the answer to this referral can be given; raises what `answer` does."""
        given, idea = self.answers[referral.id], referral.idea
        must_be_open(idea.cycle, Phase.STUDY, now)
        if idea.is_settled:
            raise AnswerIsFinal(reference=isolate_text(idea.reference))
        if idea.state is IdeaState.JOINED:
            raise PartOfAnother(reference=isolate_text(idea.reference))
        if given.fate not in ANSWERS or given.reason not in REASONS[given.fate] or not given.text:
            raise AnswerIncomplete
        self._check_way(referral, given)
        if given.fate.needs_commitment:
            commitment = self.commitments.get(given.commitment_id or 0)
            if commitment is None or commitment.cycle_id != idea.cycle_id:
                raise CommitmentMissing
        if given.fate is Fate.ALREADY_UNDER_WAY and not is_web_address(given.proof_url):
            raise ProofMissing
        check_scores(given.fate, self.criteria[idea.cycle_id], given.scores)

    def _check_way(self, referral: Referral, given: InstitutionAnswer) -> None:
        """An idea goes from one institution to the next, never back and never away from where it went."""
        body_id = given.transfer_to_id if given.fate is Fate.TRANSFERRED else None
        reference = isolate_text(referral.idea.reference)
        if referral.transfer_to and referral.transfer_to_id != body_id:
            raise HandedOn(reference=reference, institution=name_of(referral.transfer_to))
        if body_id is None:
            return
        body = self.institutions.get(body_id)
        if body is None or body.id == referral.institution_id:
            raise NoSuchBody
        if any(
            sibling.transfer_to_id
            for sibling in self.siblings[referral.idea_id]
            if sibling.institution_id == body_id
        ):
            raise WentThrough(reference=reference, institution=name_of(body))

    def write(self, *, by: int, now: datetime) -> list[Referral]:
        """Give the answers, hand on what is transferred, and tell the register."""
        before = {idea_id: proposed(siblings) for idea_id, siblings in self.siblings.items()}
        for referral in self.referrals:
            self._write(referral, by, now)
        session.execute(delete(AnswerDraft).where(AnswerDraft.referral_id.in_(self.answers)))
        sent = self._hand_on(by, now)
        after = {idea_id: proposed(siblings) for idea_id, siblings in self.siblings.items()}
        tell(AnswersGiven(before, after))
        journal.append_all([*map(_told, self.referrals), *map(told_referral, sent)], now)
        return self.referrals

    def _write(self, referral: Referral, by: int, now: datetime) -> None:
        given, idea, is_first = self.answers[referral.id], referral.idea, referral.answer is None
        referral.answer, referral.reason, referral.reason_text = given.fate, given.reason, given.text
        commitment = self.commitments.get(given.commitment_id or 0) if given.fate.needs_commitment else None
        referral.commitment, referral.commitment_id = commitment, commitment.id if commitment else None
        referral.proof_url = given.proof_url if given.fate is Fate.ALREADY_UNDER_WAY else None
        body = self.institutions.get(given.transfer_to_id or 0) if given.fate is Fate.TRANSFERRED else None
        referral.transfer_to, referral.transfer_to_id = body, body.id if body else None
        assess(referral, self.criteria[idea.cycle_id], given.scores)
        referral.answered_by, referral.answered_at = by, now
        if all(sibling.answer for sibling in self.siblings[idea.id]):
            idea.state = IdeaState.ANSWERED
        if is_first:
            referral.days_to_answer = (clock.day_of(now) - clock.day_of(referral.referred_at)).days
            record_step(idea, StepKind.ANSWERED, at=now, institution_id=referral.institution_id)
        slug = referral.institution.slug
        audit.record("idea answered", idea.reference or "", by=by, now=now, institution=slug)

    def _hand_on(self, by: int, now: datetime) -> list[Referral]:
        """Send what is transferred to where it goes, unless it is there already; what was sent."""
        pairs = {}
        for referral in self.referrals:
            asked = {sibling.institution_id for sibling in self.siblings[referral.idea_id]}
            if (body := referral.transfer_to) and body.id not in asked:
                pairs[referral.idea_id, body.id] = (referral.idea, body)
        sent = hand_on(list(pairs.values()), by=by, now=now)
        for referral in sent:
            self.siblings[referral.idea_id].append(referral)
        return sent


def _locked(referral_ids: Sequence[int]) -> list[Referral]:
    """The referrals, their ideas locked in the order in which everybody locks them."""
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(Referral.id.in_(referral_ids))
        .options(
            contains_eager(Referral.idea).joinedload(Idea.cycle).selectinload(Cycle.phases),
            *WHOLE,
        )
        .order_by(Idea.id, Referral.id)
        .with_for_update(of=[Idea, Referral])
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _commitments(ids: set[int | None]) -> dict[int, Commitment]:
    wanted = select(Commitment).where(Commitment.id.in_(ids - {None}))
    return {
        commitment.id: commitment
        for commitment in session.scalars(wanted.options(joinedload(Commitment.cycle)))
    }


def _institutions(ids: set[int | None]) -> dict[int, Institution]:
    wanted = select(Institution).where(Institution.id.in_(ids - {None}))
    return {institution.id: institution for institution in session.scalars(wanted)}


def _told(referral: Referral) -> Entry:
    content = {"institution": referral.institution.slug, "seal": sealed(referral)}
    return Action.ANSWERED, referral.idea.reference or "", content
