"""Who is named beside a comment, and what can still be done with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.comments.models import Comment, Commenter, CommenterKind

# How long the link that confirms a comment, a reply or support works. Sent before the minute counts, though
# it is confirmed after.
CONFIRM_WITHIN = timedelta(days=7)


def author_name(commenter: Commenter | None) -> str | None:
    """The name shown beside a comment: of an association that confirmed it, of a person who agreed."""
    if commenter is None:
        return None
    if association := commenter.speaks_for:
        return association.name
    is_person = commenter.kind is CommenterKind.PERSON
    return commenter.name if is_person and commenter.is_named else None


def expires_at(sent_at: datetime) -> datetime:
    """When a link that confirms stops working."""
    return sent_at + CONFIRM_WITHIN


def can_withdraw(comment: Comment) -> bool:
    return comment.confirmed_at is not None and comment.answered_at is None and comment.withdrawn_at is None
