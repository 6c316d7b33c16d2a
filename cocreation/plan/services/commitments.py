"""Acts on the plan: the secretariat drafts commitments, changes and publishes them.

What a commitment says is a new version of its document each time; everyone reads it once it is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid
from cocreation.cycles.models import Axis, Cycle
from cocreation.directory.models import Institution
from cocreation.documents import services as documents
from cocreation.documents.models import Document, DocumentKind, SectionKind
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.languages.i18n import format_number
from cocreation.plan.models import Commitment
from cocreation.plan.refusals import (
    CommitmentAlreadyPublished,
    NumberIsPublic,
    NumberTaken,
    PublishedByAdoption,
    WeightsDoNotAddUp,
)
from cocreation.plan.sheet import WHOLE, CommitmentSheet, texts


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

    @property
    def frame(self) -> dict[str, int]:
        """What is no text: in force at once."""
        return {"number": self.number, "axis_id": self.axis_id, "institution_id": self.institution_id}

    @property
    def sections(self) -> list[SectionWords]:
        return texts(
            title=self.title, problem=self.problem, solution=self.solution, result=self.expected_result
        )


def draft(
    cycle_id: int,
    words: CommitmentWords,
    further: Sequence[SectionWords] = (),
    *,
    by: int | None,
    now: datetime,
    message: Translated | None = None,
) -> Commitment:
    """A new commitment, not public yet, and what its sheet says `further`. Raises NumberTaken, and Invalid
    for an axis of another cycle.
    """
    cycle = lock(Cycle, cycle_id)
    _check(cycle.id, words)
    commitment = Commitment(cycle=cycle, **vars(words))
    session.add(commitment)
    session.flush()
    commitment.document = documents.begin(
        DocumentKind.COMMITMENT,
        cycle.id,
        commitment.reference,
        words.title,
        [*words.sections, *further],
        by=by,
        now=now,
        message=message,
    )
    session.flush()
    audit.record("commitment drafted", commitment.reference, by=by, now=now)
    return commitment


def change(
    commitment_id: int,
    words: CommitmentWords,
    *,
    by: int | None,
    now: datetime,
    message: Translated | None = None,
) -> Commitment:
    """New words for a commitment: in force at once while nobody reads it, a draft to be published once it is
    public. Raises NumberIsPublic, NumberTaken, Invalid.
    """
    commitment = locked(commitment_id)
    if commitment.published_at and commitment.number != words.number:
        raise NumberIsPublic
    lock(Cycle, commitment.cycle_id)  # two commitments must not take one number at once
    _check(commitment.cycle_id, words, besides=commitment.id)
    document = document_of(commitment, by=by, now=now)
    changed = [name for name, value in words.frame.items() if getattr(commitment, name) != value]
    for name in changed:
        setattr(commitment, name, words.frame[name])
    if not commitment.published_at:
        documents.rename(document.id, commitment.reference, words.title)
    if write(commitment, words.sections, by=by, now=now, message=message):
        changed.append("words")
    if changed:
        audit.record("commitment changed", commitment.reference, by=by, now=now, changed=changed)
    return commitment


def publish(
    commitment_id: int,
    message: Translated | None = None,
    *,
    by: int,
    now: datetime,
    is_adopted: bool = False,
) -> None:
    """Make a commitment public, or the draft that follows what is public of it; `message` says what changed.
    What was changed after a consultation is published once it `is_adopted`. Raises
    CommitmentAlreadyPublished, PublishedByAdoption, WeightsDoNotAddUp.
    """
    commitment = locked(commitment_id)
    document = document_of(commitment, by=by, now=now)
    if commitment.published_at and not document.has_draft:
        raise CommitmentAlreadyPublished(day=day_of(commitment.published_at))
    if document.consulted and document.latest > document.consulted and not is_adopted:
        raise PublishedByAdoption
    sheet = CommitmentSheet(text_at(document.id, document.latest))
    if sheet.has_some_weights and sheet.weights != WHOLE:
        raise WeightsDoNotAddUp(sum=format_number(sheet.weights / 10))
    _put_in_force(commitment, sheet)
    commitment.published_at = commitment.published_at or now
    audit.record("commitment published", commitment.reference, by=by, now=now, version=document.latest)
    document.title = commitment.title
    documents.publish(document.id, now=now, message=message)


def locked(commitment_id: int) -> Commitment:
    """The commitment with its cycle and its document, held until the transaction ends. Raises NotFound."""
    return lock(Commitment, commitment_id, joinedload(Commitment.cycle), joinedload(Commitment.document))


def document_of(commitment: Commitment, *, by: int | None, now: datetime) -> Document:
    """The document of a commitment; of one that stood here before there were any, its version 1 is made."""
    if commitment.document is None:
        words = {name: getattr(commitment, name) for name in ("title", "problem", "solution")}
        document = documents.begin(
            DocumentKind.COMMITMENT,
            commitment.cycle_id,
            commitment.reference,
            commitment.title,
            texts(**words, result=commitment.expected_result),
            by=None,
            now=commitment.published_at or now,
        )
        commitment.document = document
        session.flush()
        if commitment.published_at:
            documents.stands_published(document.id, at=commitment.published_at)
    return commitment.document


def write(
    commitment: Commitment,
    sections: Sequence[SectionWords],
    *,
    by: int | None,
    now: datetime,
    message: Translated | None = None,
) -> bool:
    """Say this in a new version of a commitment that is `locked`; whether that changed anything."""
    document = document_of(commitment, by=by, now=now)
    if documents.save(document.id, sections, by=by, now=now, message=message) is None:
        return False
    if not commitment.published_at:
        _put_in_force(commitment, CommitmentSheet(text_at(document.id, document.latest)))
    return True


def _put_in_force(commitment: Commitment, sheet: CommitmentSheet) -> None:
    commitment.title = sheet.text(SectionKind.TITLE)
    commitment.problem = sheet.text(SectionKind.PROBLEM)
    commitment.solution = sheet.text(SectionKind.SOLUTION)
    commitment.expected_result = sheet.text(SectionKind.RESULT)


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
