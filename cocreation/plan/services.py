"""Acts on the plan: the secretariat drafts commitments and publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.cycles.models import Axis, Cycle
from cocreation.directory.models import Institution
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment


class NumberTaken(Refusal):
    sentence = _l("Number %(number)s belongs to another commitment of this cycle.")


class NumberIsPublic(Refusal):
    """A reference that people have copied stays what it is."""

    sentence = _l("This commitment is public: its number cannot change any more.")


class CommitmentAlreadyPublished(AlreadyDone):
    sentence = _l("This commitment was already published on %(day)s.")


@dataclass(frozen=True)
class CommitmentWords:
    """What a commitment says."""

    number: int
    axis_id: int
    institution_id: int
    title: Translated
    problem: Translated
    solution: Translated
    expected_result: Translated


def draft(cycle_id: int, words: CommitmentWords, *, by: int, now: datetime) -> Commitment:
    """A new commitment, not public yet. Raises NumberTaken, and Invalid for an axis of another cycle."""
    cycle = lock(Cycle, cycle_id)
    _check(cycle.id, words)
    commitment = Commitment(cycle=cycle, **vars(words))
    session.add(commitment)
    session.flush()
    audit.record("commitment drafted", commitment.reference, by=by, now=now)
    return commitment


def change(commitment_id: int, words: CommitmentWords, *, by: int, now: datetime) -> Commitment:
    """New words for a commitment. Raises NumberIsPublic, NumberTaken, Invalid."""
    commitment = lock(Commitment, commitment_id, joinedload(Commitment.cycle))
    if commitment.published_at and commitment.number != words.number:
        raise NumberIsPublic
    lock(Cycle, commitment.cycle_id)  # two commitments must not take one number at once
    _check(commitment.cycle_id, words, besides=commitment.id)
    changed = [name for name, value in vars(words).items() if getattr(commitment, name) != value]
    for name in changed:
        setattr(commitment, name, getattr(words, name))
    if changed:
        audit.record("commitment changed", commitment.reference, by=by, now=now, changed=changed)
    return commitment


def publish(commitment_id: int, *, by: int, now: datetime) -> None:
    """Make a commitment public. Raises CommitmentAlreadyPublished."""
    commitment = lock(Commitment, commitment_id, joinedload(Commitment.cycle))
    if commitment.published_at:
        raise CommitmentAlreadyPublished(day=day_of(commitment.published_at))
    commitment.published_at = now
    audit.record("commitment published", commitment.reference, by=by, now=now)


def _check(cycle_id: int, words: CommitmentWords, *, besides: int | None = None) -> None:
    same_number = select(Commitment.id).where(
        Commitment.cycle_id == cycle_id, Commitment.number == words.number, Commitment.id != (besides or 0)
    )
    if session.scalar(same_number):
        raise NumberTaken(number=words.number)
    if not session.scalar(select(Axis.id).where(Axis.id == words.axis_id, Axis.cycle_id == cycle_id)):
        raise Invalid
    if not session.scalar(select(Institution.id).where(Institution.id == words.institution_id)):
        raise Invalid
