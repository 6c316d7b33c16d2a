"""What the pages around sending an idea read: drafts, files, the association somebody speaks for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, undefer

from cocreation.core.database import found, session
from cocreation.directory.models import Association
from cocreation.ideas.models.idea import Attachment, Author, Idea, IdeaState
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.submission.models import Draft
from cocreation.text import cleanup, spelling

COMMAS = (",", "،")


def get_draft(receipt: str) -> Draft:
    """Raises NotFound."""
    return found(session.get(Draft, receipt))


def sent_idea(idea_id: int) -> Idea | None:
    """An idea by its id, with its author; None once it is forgotten."""
    return session.get(Idea, idea_id, options=[joinedload(Idea.author)])


def waiting_files(once: str) -> list[Attachment]:
    """The files of the form numbered `once`, which is not sent yet."""
    waiting = (Attachment.once == once, Attachment.idea_id.is_(None))
    return list(session.scalars(select(Attachment).where(*waiting).order_by(Attachment.id)))


def get_file(reference: str, file_id: int) -> Attachment:
    """A file of a public idea, with its content. Raises NotFound, also while the idea is silent."""
    is_shown = (IS_PUBLIC, Idea.state != IdeaState.WITHDRAWN, Idea.hidden_at.is_(None))
    statement = (
        select(Attachment)
        .join(Attachment.idea)
        .where(Attachment.id == file_id, Idea.reference == reference, *is_shown)
        .options(undefer(Attachment.content))
    )
    return found(session.scalar(statement))


def named_like(typed: str, limit: int = 8) -> list[Association]:
    """Verified associations whose name or acronym holds what was typed, in any spelling."""
    if not (folded := spelling.fold(cleanup.clean_line(typed, 200))):
        return []
    statement = (
        select(Association)
        .where(Association.verified_at.is_not(None), Association.folded.contains(folded, autoescape=True))
        .order_by(func.length(Association.folded), Association.id)
    )
    return list(session.scalars(statement.limit(limit)))


def associations_named(typed: str) -> Sequence[Association]:
    """The verified associations that are called what was typed: by name, by acronym, or by "name, city"."""
    name, city = _apart(cleanup.clean_line(typed, 200))
    full_name, first = spelling.fold(typed), spelling.fold(name)
    if not first:
        return []
    holds = or_(*(Association.folded.contains(part, autoescape=True) for part in {full_name, first}))
    rows = session.scalars(select(Association).where(Association.verified_at.is_not(None), holds).limit(50))
    return [
        row
        for row in rows
        if full_name in _names(row) or (city and first in _names(row) and spelling.fold(row.city) == city)
    ]


def _apart(typed: str) -> tuple[str, str]:
    """A name and the folded city after its last comma, if there is one."""
    at = max(typed.rfind(comma) for comma in COMMAS)
    return (typed[:at].strip(), spelling.fold(typed[at + 1 :]).strip()) if at > 0 else (typed, "")


def _names(association: Association) -> set[str]:
    return {spelling.fold(name.strip()) for name in (association.name, association.acronym) if name}


def to_vouch_for(voucher: str) -> Author:
    """The author whose association holds this secret, with both and the idea. Raises NotFound."""
    statement = (
        select(Author)
        .where(Author.voucher == voucher)
        .options(joinedload(Author.association), joinedload(Author.idea).joinedload(Idea.cycle))
    )
    return found(session.scalar(statement) if voucher else None)
