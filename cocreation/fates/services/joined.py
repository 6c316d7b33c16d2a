"""The fate of an idea that is part of others."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from cocreation.core.database import Translated, session
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.fates.models import FateDraft
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.services.steps import in_every_language
from cocreation.study.models import Referral

MERGED = _l("It was merged into %(reference)s, whose fate says what became of both.")
SPLIT = _l("It was split into %(references)s, whose fates say what became of its parts.")
PART_OF_OTHERS = (Kinship.MERGED_INTO, Kinship.SPLIT_INTO)


def ready_with(states: Collection[IdeaState]) -> ColumnElement[bool]:
    """The condition that an idea is part of others, all of which stand at `states` or have their fate."""
    target, standing = aliased(Idea), (Lineage.source_id == Idea.id, *_standing())
    of = select(Lineage.id).join(target, Lineage.target_id == target.id).where(*standing)
    waits = of.where(target.state.not_in((*states, IdeaState.PUBLISHED))).correlate(Idea)
    return (Idea.state == IdeaState.JOINED) & of.correlate(Idea).exists() & ~waits.exists()


def sentences(idea_ids: Collection[int]) -> dict[int, tuple[Translated, int | None]]:
    """What the fate of each of these ideas says that is part of others, and the body that answers for it: the
    one of the idea it is part of, as far as that is known. The others are left out, and so are those whose
    idea was withdrawn: a person must say what becomes of them.
    """
    target = aliased(Idea)
    studied = select(func.min(Referral.institution_id)).where(Referral.idea_id == target.id).scalar_subquery()
    body = func.coalesce(target.institution_id, FateDraft.institution_id, studied)
    statement = (
        select(Lineage.source_id, Lineage.kind, target.reference, target.state, body)
        .join(target, Lineage.target_id == target.id)
        .join(Idea, Lineage.source_id == Idea.id)
        .outerjoin(FateDraft, FateDraft.idea_id == target.id)
        .where(Lineage.source_id.in_(idea_ids), Idea.state == IdeaState.JOINED, *_standing())
        .order_by(Lineage.id)
    )
    rows: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        rows.setdefault(row.source_id, []).append(row)
    return {
        idea_id: (_sentence(links), links[0][4])
        for idea_id, links in rows.items()
        if not any(link.state is IdeaState.WITHDRAWN for link in links)
    }


def _sentence(links: list[Any]) -> Translated:
    names = ", ".join(link.reference for link in links)
    if links[0].kind is Kinship.SPLIT_INTO:
        return in_every_language(SPLIT.filled(references=names))
    return in_every_language(MERGED.filled(reference=names))


def _standing() -> tuple[ColumnElement[bool], ...]:
    return Lineage.kind.in_(PART_OF_OTHERS), Lineage.undone_at.is_(None)
