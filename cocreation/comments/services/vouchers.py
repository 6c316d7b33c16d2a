"""Comments sent on behalf of an association: it is asked, and says whether they are its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from cocreation.comments import emails
from cocreation.comments.models import Comment, Commenter, CommenterKind, Memorandum
from cocreation.core import audit, secrets
from cocreation.core.database import lock, session
from cocreation.directory.models import Association


def ask(comment: Comment) -> None:
    """Write to the association for which who commented says to speak."""
    commenter = comment.commenter
    if commenter.association_id is None or commenter.voucher:
        return
    commenter.voucher = secrets.new_receipt()
    emails.ask_association(comment, session.get_one(Association, commenter.association_id))


def answer(voucher: str, *, is_ours: bool, now: datetime) -> Commenter:
    """The association says whether a comment is its own; its first answer stays. Raises NotFound.

    One that is not becomes that of a person without a name, and the memorandum goes.
    """
    key = (
        session.scalar(select(Commenter.comment_id).where(Commenter.voucher == voucher)) if voucher else None
    )
    commenter = lock(Commenter, key)
    if commenter.vouched_at or commenter.disowned_at:
        return commenter
    if is_ours:
        commenter.vouched_at = now
    else:
        commenter.disowned_at, commenter.kind = now, CommenterKind.PERSON
        commenter.name, commenter.is_named = None, False
        session.execute(delete(Memorandum).where(Memorandum.comment_id == commenter.comment_id))
    reference = session.scalar(select(Comment.reference).where(Comment.id == commenter.comment_id))
    audit.record("comment vouched for" if is_ours else "comment disowned", str(reference), by=None, now=now)
    return commenter
