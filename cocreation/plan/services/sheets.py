"""Acts on the sheet of a commitment: its further texts, its activities, its indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.documents.models import Section, SectionKind
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.plan.models import Commitment
from cocreation.plan.refusals import ActivityNumberTaken
from cocreation.plan.services.commitments import document_of, locked, write
from cocreation.plan.sheet import Activity, CommitmentSheet, Indicator, texts


def say_further(commitment_id: int, words: Mapping[str, Translated], *, by: int, now: datetime) -> bool:
    """What the sheet says of openness, partners and budget, by the kind of its section."""
    commitment = locked(commitment_id)
    is_changed = write(commitment, texts(**words), by=by, now=now)
    _note("sheet changed", commitment, is_changed, by=by, now=now)
    return True


def put(commitment_id: int, part: Activity | Indicator, *, by: int, now: datetime) -> bool:
    """Add an activity or an indicator, or change the one of the same `uid`. Raises NotFound,
    PartWithoutTitle, ActivityEndsFirst, WeightImpossible, ActivityNumberTaken.
    """
    commitment = locked(commitment_id)
    part.check()
    document = document_of(commitment, by=by, now=now)
    sections = text_at(document.id, document.latest)
    uid = part.uid or _new_uid(document.id, part)
    standing = {section.uid: section for section in sections}
    if part.uid and part.uid not in standing:
        raise NotFound
    words = part.words(uid)
    activities = (s for s in sections if s.kind is words.kind is SectionKind.ACTIVITY)
    if any(s.number == part.number and s.uid != uid for s in activities):
        raise ActivityNumberTaken(number=part.number)
    is_changed = write(commitment, [words], by=by, now=now)
    _note(f"{words.kind.value} written", commitment, is_changed, by=by, now=now, name=uid)
    return True


def weigh(commitment_id: int, weights: Mapping[str, int | None], *, by: int, now: datetime) -> bool:
    """What activities weigh, in thousandths by their `uid`, in one version. Raises NotFound for one that is
    no longer there, WeightImpossible.
    """
    commitment = locked(commitment_id)
    document = document_of(commitment, by=by, now=now)
    sheet = CommitmentSheet(text_at(document.id, document.latest))
    activities = {activity.uid: activity for activity in sheet.activities}
    if not weights.keys() <= activities.keys():
        raise NotFound
    weighed = [replace(activities[uid], weight=weight) for uid, weight in weights.items()]
    for activity in weighed:
        activity.check()
    is_changed = write(commitment, [a.words(a.uid) for a in weighed], by=by, now=now)
    _note("activities weighed", commitment, is_changed, by=by, now=now)
    return True


def remove(commitment_id: int, uid: str, *, by: int, now: datetime) -> None:
    """Take an activity or an indicator out of the sheet; earlier versions keep it. Raises NotFound."""
    commitment = locked(commitment_id)
    document = document_of(commitment, by=by, now=now)
    kinds = SectionKind.ACTIVITY, SectionKind.INDICATOR
    for section in text_at(document.id, document.latest):
        if section.uid == uid and section.kind in kinds:
            write(commitment, [SectionWords(uid, section.kind, Translated())], by=by, now=now)
            _note(f"{section.kind.value} removed", commitment, True, by=by, now=now, name=uid)
            return
    raise NotFound


def _new_uid(document_id: int, part: Activity | Indicator) -> str:
    """A name that no section of the document has or had: what was said of one is never said of another."""
    kind = SectionKind.ACTIVITY if isinstance(part, Activity) else SectionKind.INDICATOR
    of_kind = Section.document_id == document_id, Section.kind == kind
    return f"{kind.value}-{len(session.scalars(select(Section.id).where(*of_kind)).all()) + 1}"


def _note(
    action: str, commitment: Commitment, is_changed: bool, *, by: int, now: datetime, **details: object
) -> None:
    if is_changed:
        audit.record(action, commitment.reference, by=by, now=now, **details)
