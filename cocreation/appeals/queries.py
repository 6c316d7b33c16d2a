"""Reads of the desk that answers appeals."""

from __future__ import annotations

from sqlalchemy import CompoundSelect, func, select, union
from sqlalchemy.orm import contains_eager

from cocreation.batches.models import Batch, FateDraft
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.fates.queries import SHOWN
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import Idea
from cocreation.reasons.models import Fate
from cocreation.screening.models import Reading, Screening
from cocreation.study.models import Referral


def appeals(*, answered: bool, cursor: str | None = None, size: int = 30) -> Page[Appeal]:
    """Appeals that wait for an answer, the oldest first; or have one, the latest filed first."""
    idea = contains_eager(Appeal.idea)
    statement = (
        select(Appeal)
        .join(Appeal.idea)
        .where(Appeal.outcome.is_not(None) if answered else Appeal.outcome.is_(None))
        .options(idea.defer(Idea.tokens), idea.defer(Idea.problem), idea.defer(Idea.expected_result))
    )
    keys = Appeal.filed_at, Appeal.idea_id
    return page(statement, *keys, cursor=cursor, size=size, descending=answered)


def appeal_counts() -> dict[str, int]:
    """How many appeals wait for an answer ("waiting") and how many have one ("answered")."""
    counts = select(func.count().filter(Appeal.outcome.is_(None)), func.count(Appeal.outcome))
    return dict(zip(("waiting", "answered"), session.execute(counts).one(), strict=True))


def appeal_to_hear(reference: str) -> Appeal:
    """The appeal on an idea, with what its page shows. Raises NotFound."""
    idea = contains_eager(Appeal.idea)
    statement = select(Appeal).join(Appeal.idea).where(Idea.reference == reference)
    return found(session.scalar(statement.options(idea.options(*SHOWN))))


def first_deciders(idea_id: int) -> set[int]:
    """Who published the fate of an idea, answered it in the name of an institution, or, where it was not
    accepted, screened it.
    """
    of_idea = FateDraft.idea_id == idea_id
    refused = FateDraft.fate == Fate.NOT_ACCEPTED
    published = select(Batch.published_by).join(FateDraft, FateDraft.batch_id == Batch.id).where(of_idea)
    answered = select(Referral.answered_by).where(Referral.idea_id == idea_id)
    screened = select(Screening.decided_by).join(FateDraft, FateDraft.idea_id == Screening.idea_id)
    read = select(Reading.reader_id).join(FateDraft, FateDraft.idea_id == Reading.idea_id)
    people: CompoundSelect[int | None] = union(
        published, answered, screened.where(of_idea, refused), read.where(of_idea, refused)
    )
    return {person_id for person_id in session.scalars(people) if person_id}
