"""Whether a piece of evidence counts, from when on, and why."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import events
from cocreation.core.database import found, session
from cocreation.tracking.events import EvidenceStood
from cocreation.tracking.models import Evidence, EvidenceStanding, TrackedActivity
from cocreation.tracking.services.locks import held_activity, held_commitment
from cocreation.tracking.services.marks import renew, settle


def add(evidence: Evidence, *, now: datetime) -> Evidence:
    """Put a piece of evidence beside the report of its activity and period. Raises NotFound,
    DroppedFromPlan.
    """
    activity = held_activity(evidence.activity_id)
    evidence.counts = True
    session.add(evidence)
    session.flush()
    _note(evidence, activity, counts=True, cause="added", now=now)
    return evidence


def stand(evidence_id: int, *, counts: bool, cause: str, now: datetime) -> Evidence:
    """A piece of evidence counts from now on, or counts no more; nothing where it is so already. Raises
    NotFound.
    """
    activity_id = found(session.get(Evidence, evidence_id)).activity_id
    held_commitment(session.get_one(TrackedActivity, activity_id).commitment_id)
    evidence = session.get_one(Evidence, evidence_id, populate_existing=True)
    if evidence.counts != counts:
        evidence.counts = counts
        activity = session.get_one(TrackedActivity, activity_id)
        _note(evidence, activity, counts=counts, cause=cause, now=now)
        events.tell(EvidenceStood(evidence, cause, now))
    return evidence


def _note(evidence: Evidence, activity: TrackedActivity, *, counts: bool, cause: str, now: datetime) -> None:
    session.add(EvidenceStanding(evidence_id=evidence.id, at=now, counts=counts, cause=cause))
    settle(activity)
    renew(activity, now=now)
