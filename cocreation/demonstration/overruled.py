"""A fate of the past cycle that is not what its institution answered, nor what it wished when it objected."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.batches.models import Batch
from cocreation.batches.services import drafts, publication, review
from cocreation.batches.services.drafts import Grounds
from cocreation.core.database import session
from cocreation.demonstration.content import load, translated
from cocreation.demonstration.outcomes import IdeaOutcome
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.objections import services as objections
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral
from cocreation.study.services import answers
from cocreation.study.services.answers import InstitutionAnswer


def answer_otherwise(
    stage: DemonstrationStage, referrals: dict[str, list[int]], slug: str, now: datetime
) -> int:
    """The institution corrects its answer to one idea; the number of that idea."""
    said = load("overruled")
    row = said["answer"]
    given = InstitutionAnswer(Fate(row["fate"]), Reason(row["reason"]), translated(row))
    referral_id = referrals[said["idea"]][0]
    answers.answer(referral_id, given, by=stage.speaker_of(slug).id, now=now)
    return session.get_one(Referral, referral_id).idea_id


def insist(
    stage: DemonstrationStage, batch: Batch, idea_id: int, decided: IdeaOutcome, slug: str, now: datetime
) -> None:
    """The secretariat decides otherwise, with its reason; the batch was to be published the day before `now`
    when the institution objected: it is to be sent and read again.
    """
    said, by, reader = load("overruled"), stage.secretariat.id, stage.people["committee@demo.example"].id
    grounds = Grounds(translated(said["why"]))
    drafts.decide(batch.id, idea_id, decided.decision(), grounds, by=by, now=now - timedelta(days=3))
    review.send_for_review(batch.id, by=by, now=now - timedelta(hours=70))
    review.review(batch.id, approves=True, by=reader, now=now - timedelta(hours=60))
    publication.publish(batch.id, by=by, now=now - timedelta(hours=48))
    body, speaker = stage.institutions[slug].id, stage.speaker_of(slug).id
    objected = now - timedelta(hours=36)
    objections.object_to(idea_id, body, said["objection"], by=speaker, now=objected)
