"""Ideas sent on behalf of an association: it is asked, and says whether they are its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit, outbox, secrets
from cocreation.core.database import lock, session
from cocreation.directory.models import Association
from cocreation.ideas.models.idea import Author, AuthorKind, Idea
from cocreation.submission.emails import VOUCH


def ask(idea: Idea) -> None:
    """Write to the association for which the author of a received idea says to speak."""
    author = idea.author
    if author is None or author.association_id is None:
        return
    association = session.get_one(Association, author.association_id)
    if not association.email:
        return
    author.voucher = secrets.new_receipt()
    outbox.post(
        VOUCH,
        to=association.email,
        language=association.language,
        key=f"ideas/vouch {idea.id}",
        voucher=author.voucher,
        reference=idea.reference,
        association=association.name,
    )


def answer(voucher: str, *, is_ours: bool, now: datetime) -> Author:
    """The association says whether an idea is its own; its first answer stays. Raises NotFound.

    An idea that is not becomes that of a person without a name.
    """
    key = session.scalar(select(Author.idea_id).where(Author.voucher == voucher)) if voucher else None
    author = lock(Author, key)
    if author.vouched_at or author.disowned_at:
        return author
    if is_ours:
        author.vouched_at = now
    else:
        author.disowned_at, author.kind, author.name, author.is_named = now, AuthorKind.PERSON, None, False
    reference = session.scalar(select(Idea.reference).where(Idea.id == author.idea_id))
    audit.record("idea vouched for" if is_ours else "idea disowned", str(reference), by=None, now=now)
    return author
