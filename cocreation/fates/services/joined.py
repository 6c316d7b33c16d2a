"""The fate of an idea that is part of others."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cocreation.core.database import Translated, session
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.fates import policy
from cocreation.fates.models import FateDraft
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.services.steps import in_every_language
from cocreation.study.models import Referral

MERGED = _l("It was merged into %(reference)s, whose fate says what became of both.")
SPLIT = _l("It was split into %(references)s, whose fates say what became of its parts.")


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
        .where(Lineage.source_id.in_(idea_ids), Idea.state == IdeaState.JOINED, policy.makes_part())
        .order_by(Lineage.id)
    )
    links: dict[int, list[_PartLink]] = {}
    for idea_id, kind, reference, state, body_id in session.execute(statement):
        links.setdefault(idea_id, []).append(_PartLink(kind, reference, state, body_id))
    return {
        idea_id: (_sentence(of_idea), of_idea[0].body_id)
        for idea_id, of_idea in links.items()
        if not any(link.state is IdeaState.WITHDRAWN for link in of_idea)
    }


class _PartLink(NamedTuple):
    """How an idea is part of another one, how that one stands, and which body answers for it."""

    kind: Kinship
    reference: str | None
    state: IdeaState
    body_id: int | None


def _sentence(links: list[_PartLink]) -> Translated:
    names = ", ".join(link.reference for link in links if link.reference)
    if links[0].kind is Kinship.SPLIT_INTO:
        return in_every_language(SPLIT.filled(references=names))
    return in_every_language(MERGED.filled(reference=names))
