"""Supporting what somebody else said, with an address and no account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from cocreation.comments import emails, policy
from cocreation.comments.models import Comment, CommentSupport
from cocreation.comments.refusals import CommentLinkExpired, NoSupportHeld
from cocreation.comments.services.comments import check_open
from cocreation.consultations.models import Consultation
from cocreation.core import clock, secrets
from cocreation.core.database import found, lock, session
from cocreation.core.errors import NotFound
from cocreation.languages import i18n

# How many comments may ask one address to confirm in a day: a form must not flood a stranger.
MOST_ASKED = 10
# How often the mail for one comment is sent to one address in a day, if who sent the form asks for it again.
MOST_A_DAY = 3


def support(comment_id: int, email: str, *, moment: Callable[[], datetime], again: bool = False) -> None:
    """Ask `email` by mail whether it supports this comment; nothing counts before it says so. Whether the
    address was known is told to nobody but its owner. Raises NotFound, CommentsNotOpen, CommentsClosed.
    """
    consultation_id = session.scalar(select(Comment.consultation_id).where(Comment.id == comment_id))
    consultation = lock(Consultation, consultation_id)
    now = moment()
    check_open(consultation, now)
    comment = found(session.get(Comment, comment_id))
    if comment.confirmed_at is None or comment.is_silent:
        raise NotFound
    own = CommentSupport.comment_id == comment.id, CommentSupport.email == email
    asked = session.scalar(select(CommentSupport).where(*own))
    if asked is None:
        if _asked_today(email, now) >= MOST_ASKED:
            return
        asked = CommentSupport(comment_id=comment.id, email=email, receipt=secrets.new_receipt())
        session.add(asked)
    if asked.confirmed_at is None:
        asked.asked_at, asked.language = now, i18n.current().code
    session.flush()
    most = MOST_A_DAY if again else 1
    emails.ask_supporter(asked, comment, consultation=consultation.reference, now=now, most=most)


def _asked_today(email: str, now: datetime) -> int:
    waits = CommentSupport.confirmed_at.is_(None) & (CommentSupport.asked_at > now - timedelta(days=1))
    return session.scalar(select(func.count()).where(CommentSupport.email == email, waits)) or 0


def confirm(receipt: str, *, now: datetime) -> CommentSupport:
    """Whoever holds the secret of the mail supports the comment; said twice it counts once.

    Raises NoSupportHeld, CommentLinkExpired.
    """
    comment, held = _locked(receipt)
    if held.confirmed_at is None:
        until = policy.expires_at(held.asked_at)
        if until <= now:
            raise CommentLinkExpired(day=clock.day_of(until))
        held.confirmed_at = now
        comment.supports += 1
    return held


def stop(receipt: str) -> None:
    """Whoever holds the secret of the mail supports the comment no more, and the address is forgotten. Raises
    NoSupportHeld.
    """
    _comment, held = _locked(receipt)
    forget([held.id])


def forget(keys: Sequence[int]) -> int:
    """Forget supporters by their ids; they count no more. How many."""
    chosen = CommentSupport.id.in_(keys)
    counted = select(CommentSupport.comment_id).where(chosen, CommentSupport.confirmed_at.is_not(None))
    rows = session.execute(
        select(Comment.id, func.count())
        .join_from(Comment, CommentSupport)
        .where(Comment.id.in_(counted), chosen, CommentSupport.confirmed_at.is_not(None))
        .group_by(Comment.id)
    ).all()
    for comment_id, count in rows:
        session.execute(
            update(Comment).where(Comment.id == comment_id).values(supports=Comment.supports - count),
            execution_options={"synchronize_session": False},
        )
    return _gone(chosen)


def _gone(chosen: ColumnElement[bool]) -> int:
    statement = delete(CommentSupport).where(chosen).returning(CommentSupport.id)
    unseen = {"synchronize_session": False}
    return len(session.scalars(statement, execution_options=unseen).all())


def _locked(receipt: str) -> tuple[Comment, CommentSupport]:
    """The comment and who supports it, locked in this order everywhere."""
    statement = select(CommentSupport.comment_id, CommentSupport.id).where(CommentSupport.receipt == receipt)
    row = session.execute(statement).first()
    if not receipt or row is None:
        raise NoSupportHeld
    return lock(Comment, row.comment_id), lock(CommentSupport, row.id)
