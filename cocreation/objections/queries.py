"""Reads of the fates in an institution's name that are not what it answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.batches.models import Batch, FateDraft, FateObjection
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import Idea
from cocreation.study.models import Referral

IS_OBJECTED = exists().where(
    FateObjection.idea_id == FateDraft.idea_id, FateObjection.institution_id == FateDraft.institution_id
)


def to_object(institution_ids: Collection[int], now: datetime) -> list[tuple[FateDraft, Referral]]:
    """The drafts that overrule these institutions and can still be objected to, each with the answer."""
    rows = session.execute(_objectionable(institution_ids, now).order_by(FateDraft.idea_id))
    return [(draft, referral) for draft, referral in rows]


def objectionable(
    reference: str, institution_ids: Collection[int], now: datetime
) -> tuple[FateDraft, Referral]:
    """One of them. Raises NotFound."""
    statement = _objectionable(institution_ids, now).where(Idea.reference == reference)
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _objectionable(institution_ids: Collection[int], now: datetime) -> Select[FateDraft, Referral]:
    answered = (Referral.idea_id == FateDraft.idea_id) & (Referral.institution_id == FateDraft.institution_id)
    idea = contains_eager(FateDraft.idea)
    return (
        select(FateDraft, Referral)
        .join(FateDraft.idea)
        .join(FateDraft.batch)
        .join(Referral, answered)
        .where(
            FateDraft.institution_id.in_(institution_ids),
            FateDraft.overrules,
            ~IS_OBJECTED,
            Batch.publishing_at > now,
            Batch.settled == 0,
        )
        .options(
            idea.defer(Idea.tokens),
            contains_eager(FateDraft.batch),
            joinedload(FateDraft.institution),
        )
    )
