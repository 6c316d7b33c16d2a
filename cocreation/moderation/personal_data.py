"""What is kept of who reports words, and what their author writes to contest that they are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from cocreation.comments.models import Comment, Commenter
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, plain, rows_of
from cocreation.ideas.models.idea import Author, Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.moderation.models import CommentHiding, CommentReport, Hiding, Report

# How long the words of a report are read again, to see how moderation was done.
READ_FOR = timedelta(days=365)
MODERATORS = _l("Those who moderate")


def find_reports(subject: Subject) -> Sequence[int]:
    """Reports still to be decided: once one is, its address is gone."""
    of_subject = func.lower(Report.email).in_(subject.emails)
    return session.scalars(select(Report.id).where(of_subject).order_by(Report.id)).all()


def export_reports(keys: Sequence[int]) -> Export:
    rows = select(Report, Idea.reference).join(Report.idea).where(Report.id.in_(keys)).order_by(Report.id)
    told = ("reason", "words", "email", "language", "made_at")
    return Export(
        [
            {"idea": reference, **{name: plain(getattr(report, name)) for name in told}}
            for report, reference in session.execute(rows)
        ]
    )


def erase_reports(keys: Sequence[int], erasure: Erasure) -> None:
    """That an idea was reported, and for which harm, stays to be decided."""
    session.execute(update(Report).where(Report.id.in_(keys)).values(email=None, words=None))


def find_contests(subject: Subject) -> Sequence[int]:
    authors = select(Hiding.id).join(Idea, Idea.id == Hiding.idea_id).outerjoin(Author)
    of_subject = or_(func.lower(Author.email).in_(subject.emails), Idea.receipt.in_(subject.receipts))
    return session.scalars(authors.where(of_subject, Hiding.contested_words.is_not(None))).all()


def export_contests(keys: Sequence[int]) -> Export:
    staff = ("id", "idea_id", "hidden_by", "decided_by")
    return Export(rows_of(select(Hiding).where(Hiding.id.in_(keys)), but=staff))


def erase_contests(keys: Sequence[int], erasure: Erasure) -> None:
    """What still waited for a decision is taken back; one that was decided stays decided."""
    contests = update(Hiding).where(Hiding.id.in_(keys))
    waits = Hiding.decided_at.is_(None)
    session.execute(contests.where(waits).values(contested_words=None, contested_at=None))
    session.execute(contests.where(~waits).values(contested_words=""))


def find_comment_reports(subject: Subject) -> Sequence[int]:
    of_subject = func.lower(CommentReport.email).in_(subject.emails)
    return session.scalars(select(CommentReport.id).where(of_subject).order_by(CommentReport.id)).all()


def export_comment_reports(keys: Sequence[int]) -> Export:
    rows = select(CommentReport, Comment.reference).join(CommentReport.comment)
    told = ("reason", "words", "email", "language", "made_at")
    return Export(
        [
            {"comment": reference, **{name: plain(getattr(report, name)) for name in told}}
            for report, reference in session.execute(
                rows.where(CommentReport.id.in_(keys)).order_by(CommentReport.id)
            )
        ]
    )


def erase_comment_reports(keys: Sequence[int], erasure: Erasure) -> None:
    """That a comment was reported, and for which harm, stays to be decided."""
    session.execute(update(CommentReport).where(CommentReport.id.in_(keys)).values(email=None, words=None))


def find_comment_contests(subject: Subject) -> Sequence[int]:
    hidden = select(CommentHiding.id).join(CommentHiding.comment)
    authors = hidden.outerjoin(Commenter, Commenter.comment_id == Comment.id)
    of_subject = or_(func.lower(Commenter.email).in_(subject.emails), Comment.receipt.in_(subject.receipts))
    return session.scalars(authors.where(of_subject, CommentHiding.contested_words.is_not(None))).all()


def export_comment_contests(keys: Sequence[int]) -> Export:
    staff = ("id", "comment_id", "hidden_by", "decided_by")
    return Export(rows_of(select(CommentHiding).where(CommentHiding.id.in_(keys)), but=staff))


def erase_comment_contests(keys: Sequence[int], erasure: Erasure) -> None:
    """As those of ideas."""
    contests = update(CommentHiding).where(CommentHiding.id.in_(keys))
    waits = CommentHiding.decided_at.is_(None)
    session.execute(contests.where(waits).values(contested_words=None, contested_at=None))
    session.execute(contests.where(~waits).values(contested_words=""))


def forget_reports(now: datetime) -> int:
    """The worker's chore: the words of reports decided a year ago. Commits."""
    gone = 0
    for report in (Report, CommentReport):
        old = report.decided_at <= now - READ_FOR, report.words.is_not(None)
        forgotten = update(report).where(*old).values(words=None).returning(report.id)
        gone += len(session.scalars(forgotten).all())
    session.commit()
    return gone


KEEPERS = (
    Keeper(
        name="reports",
        what=_l("What you report about an idea, and your e-mail address if you leave one"),
        why=_l("To decide on it, and to tell you what was decided"),
        seen_by=MODERATORS,
        term=_l("The address until you are told, the words %(days)s days after the decision").filled(
            days=READ_FOR.days
        ),
        chore="forget reports",
        columns={"reports": ("words", "email")},
        spared={"reports.note": "written by the moderators"},
        find=find_reports,
        export=export_reports,
        erase=erase_reports,
        stays=_l("that an idea was reported, and for which reason"),
    ),
    Keeper(
        name="contests",
        what=_l("What you write when you contest that your idea is hidden"),
        why=_l("So that somebody else decides again"),
        seen_by=MODERATORS,
        term=_l("As long as the idea, until you erase it"),
        columns={"hidings": ("contested_words",)},
        spared={
            "hidings.text": "published, written by the moderators",
            "hidings.decided_text": "published, written by the moderators",
        },
        find=find_contests,
        export=export_contests,
        erase=erase_contests,
    ),
    Keeper(
        name="comment reports",
        what=_l("What you report about a comment, and your e-mail address if you leave one"),
        why=_l("To decide on it, and to tell you what was decided"),
        seen_by=MODERATORS,
        term=_l("The address until you are told, the words %(days)s days after the decision").filled(
            days=READ_FOR.days
        ),
        chore="forget reports",
        columns={"comment_reports": ("words", "email")},
        spared={"comment_reports.note": "written by the moderators"},
        find=find_comment_reports,
        export=export_comment_reports,
        erase=erase_comment_reports,
        stays=_l("that a comment was reported, and for which reason"),
    ),
    Keeper(
        name="comment contests",
        what=_l("What you write when you contest that your comment is hidden"),
        why=_l("So that somebody else decides again"),
        seen_by=MODERATORS,
        term=_l("As long as the comment, until you erase it"),
        columns={"comment_hidings": ("contested_words",)},
        spared={
            "comment_hidings.text": "published, written by the moderators",
            "comment_hidings.decided_text": "published, written by the moderators",
        },
        find=find_comment_contests,
        export=export_comment_contests,
        erase=erase_comment_contests,
    ),
)
