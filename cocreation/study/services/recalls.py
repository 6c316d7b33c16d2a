"""The way back from a referral: what an institution has not answered yet is taken back from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Person
from cocreation.core import audit, outbox
from cocreation.core.database import Translated, session
from cocreation.core.events import tell
from cocreation.directory.models import Institution
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.services.steps import record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.study.emails import RECALLED
from cocreation.study.events import AnswersGiven
from cocreation.study.models import Referral
from cocreation.study.policy import proposed
from cocreation.study.queries.referrals import siblings
from cocreation.study.refusals import NothingToRecall, WhyRecalledMissing
from cocreation.study.services.referrals import focal_points, write_to


def recall(
    idea_ids: Sequence[int], institution_ids: Sequence[int], why: Translated, *, by: int, now: datetime
) -> int:
    """Take each of the ideas back from each of the institutions that have not answered it; how many.

    What was answered stays. The chain of each idea and the register say it with `why`; those who had them to
    study get one mail each. Raises NothingToRecall, WhyRecalledMissing, and what the rooms above raise when
    they hear of AnswersGiven.
    """
    if not why:
        raise WhyRecalledMissing
    referrals = _waiting(idea_ids, institution_ids)
    if not referrals:
        raise NothingToRecall
    before = siblings({referral.idea_id for referral in referrals})
    gone = {referral.id for referral in referrals}
    left = {key: [row for row in rows if row.id not in gone] for key, rows in before.items()}
    fact = AnswersGiven(_come_to(before), _come_to(left))
    _tell_readers(referrals)
    entries = [_take_back(referral, left[referral.idea_id], why, by, now) for referral in referrals]
    session.flush()
    tell(fact)
    journal.append_all(entries, now)
    return len(referrals)


def _come_to(answers: Mapping[int, Sequence[Referral]]) -> dict[int, FateDecision]:
    return {idea_id: proposed(rows) for idea_id, rows in answers.items()}


def _waiting(idea_ids: Sequence[int], institution_ids: Sequence[int]) -> Sequence[Referral]:
    """The referrals that wait, their ideas locked in the order in which everybody locks them."""
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(
            Referral.idea_id.in_(idea_ids),
            Referral.institution_id.in_(institution_ids),
            Referral.answered_at.is_(None),
            Idea.state == IdeaState.REFERRED,
        )
        .options(contains_eager(Referral.idea), joinedload(Referral.institution))
        .order_by(Idea.id, Referral.id)
        .with_for_update(of=[Idea, Referral])
    )
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def _take_back(
    referral: Referral, left: Sequence[Referral], why: Translated, by: int, now: datetime
) -> Entry:
    """An idea goes back to where it would stand without this referral; what the register says of it."""
    idea, slug = referral.idea, referral.institution.slug
    session.delete(referral)
    if not left:
        idea.state = IdeaState.ACCEPTED
    elif all(sibling.answer for sibling in left):
        idea.state = IdeaState.ANSWERED
    record_step(idea, StepKind.RECALLED, at=now, institution_id=referral.institution_id, text=why)
    audit.record("referral withdrawn", idea.reference or "", by=by, now=now, institution=slug)
    return Action.RECALLED, idea.reference or "", {"institution": slug, "why": why}


def _tell_readers(referrals: Sequence[Referral]) -> None:
    """One mail to each person who had some of them to study, and to each institution nobody answers for."""
    lost = Counter(referral.institution_id for referral in referrals)
    counts = Counter(referral.delegate_id for referral in referrals if referral.delegate_id)
    spoken_for = focal_points(lost)
    for institution_id, people in spoken_for.items():
        counts.update({person.id: lost[institution_id] for person in people})
    readers = select(Person).where(Person.id.in_(counts), Person.disabled_at.is_(None)).order_by(Person.id)
    for person in session.scalars(readers):
        key, count = f"{RECALLED.name}:{referrals[0].id}:{person.id}", counts[person.id]
        outbox.post(RECALLED, to=person.email, language=person.language, key=key, count=count)
    for body in session.scalars(select(Institution).where(Institution.id.in_(lost.keys() - spoken_for))):
        write_to(body, RECALLED, referrals)
