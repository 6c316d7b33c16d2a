"""What is kept of who comments, replies and supports: found, exported, erased, forgotten in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import joinedload, undefer

from cocreation.comments.models import Comment, Commenter, CommentSignature, CommentSupport, Memorandum
from cocreation.comments.policy import CONFIRM_WITHIN
from cocreation.comments.services import comments, supports
from cocreation.consultations.models import Consultation
from cocreation.core import clock, outbox, secrets
from cocreation.core.database import lock, session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, row_of
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l

# A comment nobody confirmed is deleted this long after it was sent; its link works for a part of that.
UNCONFIRMED_FOR = timedelta(days=30)
# How long after the end of its cycle who commented can still be written to.
WRITTEN_TO_FOR = timedelta(days=365)
AT_ONCE = 500  # rows of a chore's round


def find_comments(subject: Subject) -> Sequence[int]:
    """The comments sent from these addresses, or that these receipts open."""
    of_subject = or_(func.lower(Commenter.email).in_(subject.emails), Comment.receipt.in_(subject.receipts))
    statement = select(Comment.id).outerjoin(Commenter, Commenter.comment_id == Comment.id)
    return session.scalars(statement.where(of_subject).order_by(Comment.id)).all()


def export_comments(keys: Sequence[int]) -> Export:
    exported = Export()
    statement = select(Comment).where(Comment.id.in_(keys)).options(joinedload(Comment.commenter))
    links = (
        "id",
        "once",
        "consultation_id",
        "text_id",
        "section_id",
        "parent_id",
        "campaign_id",
        "answer_id",
    )
    for comment in session.scalars(statement.order_by(Comment.id)):
        row = row_of(comment, but=links)
        if comment.commenter:
            row |= row_of(comment.commenter, but=("comment_id", "voucher"))
        exported.rows.append(row)
    files = select(Memorandum).where(Memorandum.comment_id.in_(keys)).options(undefer(Memorandum.content))
    for file in session.scalars(files.order_by(Memorandum.comment_id)):
        exported.files[f"{file.comment_id}-{file.name}"] = file.content
    return exported


def erase_comments(keys: Sequence[int], erasure: Erasure) -> None:
    for key in sorted(keys):
        erasure.receipts.add(_erase(key, leaves_words=erasure.leaves_ideas, now=erasure.now))


def _erase(comment_id: int, *, leaves_words: bool, now: datetime) -> str:
    """Forget who commented. One that was never confirmed goes altogether; of another its number, its dates
    and its answer stay, and with `leaves_words` its words.
    """
    comment = lock(Comment, comment_id)
    opened = comment.receipt
    session.execute(delete(Commenter).where(Commenter.comment_id == comment.id))
    if comment.confirmed_at is None:
        session.execute(delete(Comment).where(Comment.id == comment.id))
        return opened
    # Nobody holds the new ones: what was printed or sent finds nothing.
    comment.receipt, comment.once = secrets.new_receipt(), secrets.new_token()
    if not leaves_words:
        for said in filter(None, (comment.words, comment.wording)):
            outbox.unsay(said, about=comment.reference, but=None)
        comment.words, comment.quote, comment.before, comment.after = "", None, None, None
        comment.wording = comment.suggested_in = None
        session.execute(delete(Memorandum).where(Memorandum.comment_id == comment.id))
        session.execute(delete(CommentSignature).where(CommentSignature.comment_id == comment.id))
        comments.fall_silent(comment, now=comment.withdrawn_at or now)
    session.flush()
    return opened


def names_of_commenters(keys: Sequence[int]) -> Sequence[str | None]:
    return session.scalars(select(Commenter.name).where(Commenter.comment_id.in_(keys))).all()


def find_supports(subject: Subject) -> Sequence[int]:
    by_address = func.lower(CommentSupport.email).in_(subject.emails)
    of_subject = or_(by_address, CommentSupport.receipt.in_(subject.receipts))
    return session.scalars(select(CommentSupport.id).where(of_subject).order_by(CommentSupport.id)).all()


def export_supports(keys: Sequence[int]) -> Export:
    rows = select(CommentSupport, Comment.reference).join(CommentSupport.comment)
    chosen = rows.where(CommentSupport.id.in_(keys)).order_by(CommentSupport.id)
    links = ("id", "comment_id")
    return Export(
        [{**row_of(held, but=links), "comment": reference} for held, reference in session.execute(chosen)]
    )


def erase_supports(keys: Sequence[int], erasure: Erasure) -> None:
    chosen = select(CommentSupport.receipt).where(CommentSupport.id.in_(keys))
    erasure.receipts.update(session.scalars(chosen))
    supports.forget(keys)


def forget_unconfirmed_comments(now: datetime) -> int:
    """The worker's chore: comments and support that nobody confirmed in time. Commits."""
    old = Comment.confirmed_at.is_(None), Comment.sent_at <= now - UNCONFIRMED_FOR
    keys = session.scalars(select(Comment.id).where(*old).order_by(Comment.id).limit(AT_ONCE)).all()
    session.execute(delete(Comment).where(Comment.id.in_(keys)))
    stale = CommentSupport.confirmed_at.is_(None), CommentSupport.asked_at <= now - CONFIRM_WITHIN
    asked = session.scalars(select(CommentSupport.id).where(*stale).limit(AT_ONCE)).all()
    session.execute(delete(CommentSupport).where(CommentSupport.id.in_(asked)))
    session.commit()
    return len(keys) + len(asked)


def forget_commenters(now: datetime) -> int:
    """The worker's chore: once a cycle is long over, the addresses of who commented and of who supported, and
    the names of those who did not agree that theirs is shown. What was counted stays counted. Commits.
    """
    ended = Cycle.ends_on < clock.day_of(now - WRITTEN_TO_FOR)
    over = select(Comment.id).join(Comment.consultation).join(Consultation.cycle).where(ended)
    identified = or_(Commenter.email.is_not(None), Commenter.name.is_not(None) & ~Commenter.is_named)
    people = select(Commenter.comment_id).where(identified, Commenter.comment_id.in_(over))
    keys = session.scalars(people.order_by(Commenter.comment_id).limit(AT_ONCE)).all()
    statement = update(Commenter).where(Commenter.comment_id.in_(keys))
    session.execute(statement.values(email=None, voucher=None))
    session.execute(statement.where(~Commenter.is_named).values(name=None))
    support = select(CommentSupport.id).where(CommentSupport.comment_id.in_(over)).limit(AT_ONCE)
    gone = session.scalars(support).all()
    session.execute(delete(CommentSupport).where(CommentSupport.id.in_(gone)))
    session.commit()
    return len(keys) + len(gone)


KEEPERS: tuple[Keeper[int], ...] = (
    Keeper(
        name="comments",
        what=_l("Your comments and replies on a consulted text, a memorandum, your name and e-mail address"),
        why=_l("So that anyone can follow what was said of the text and what changed because of it"),
        seen_by=_l(
            "Everyone, as you wrote them; your name only if you agreed, your e-mail address the secretariat"
        ),
        term=_l(
            "The comment stays public until you take it back or erase it; your e-mail address, and a name"
            " that is not shown, %(days)s days after the end of the cycle; a comment that you never confirmed"
            " %(within)s days"
        ).filled(days=WRITTEN_TO_FOR.days, within=UNCONFIRMED_FOR.days),
        chore="forget who commented",
        columns={
            "comments": ("words", "wording", "quote", "before", "after"),
            "commenters": ("name", "email"),
            "memoranda": ("name", "content"),
        },
        spared={
            "comments.reference": "its number, which stays",
            "comments.answer": "the published answer, written by who answered",
            "commenters.voucher": "a secret made by the platform; it goes with the commenter",
        },
        find=find_comments,
        export=export_comments,
        erase=erase_comments,
        names=names_of_commenters,
        stays=_l("the number, the dates and the answer of each comment, so that the counts still add up"),
    ),
    Keeper(
        name="comment_supports",
        what=_l("Your e-mail address, when you support a comment"),
        why=_l("To count you once"),
        seen_by=_l("Nobody: only how many people support the comment is shown"),
        term=_l(
            "Until you stop, at most %(days)s days after the end of the cycle; an address that never"
            " confirmed %(within)s days"
        ).filled(days=WRITTEN_TO_FOR.days, within=CONFIRM_WITHIN.days),
        chore="forget who commented",
        columns={"comment_supports": ("email",)},
        find=find_supports,
        export=export_supports,
        erase=erase_supports,
    ),
)
