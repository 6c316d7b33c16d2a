"""What is kept of who reports words, and what their author writes to contest that they are hidden.

Ideas and comments stand in tables of their own: a key is the word for the table, and the number there.
"""

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
IDEA, COMMENT = "idea", "comment"
REPORTS: dict[str, type[Report] | type[CommentReport]] = {IDEA: Report, COMMENT: CommentReport}
HIDINGS: dict[str, type[Hiding] | type[CommentHiding]] = {IDEA: Hiding, COMMENT: CommentHiding}

Key = tuple[str, int]


def find_reports(subject: Subject) -> Sequence[Key]:
    """Reports still to be decided: once one is, its address is gone."""
    return [
        (kind, number)
        for kind, report in REPORTS.items()
        for number in session.scalars(
            select(report.id).where(func.lower(report.email).in_(subject.emails)).order_by(report.id)
        )
    ]


def export_reports(keys: Sequence[Key]) -> Export:
    ideas = select(Report, Idea.reference).join(Report.idea).where(Report.id.in_(_of(IDEA, keys)))
    comments = (
        select(CommentReport, Comment.reference)
        .join(CommentReport.comment)
        .where(CommentReport.id.in_(_of(COMMENT, keys)))
    )
    found = {
        IDEA: session.execute(ideas.order_by(Report.id)).all(),
        COMMENT: session.execute(comments.order_by(CommentReport.id)).all(),
    }
    told = ("reason", "words", "email", "language", "made_at")
    return Export(
        [
            {kind: reference, **{name: plain(getattr(report, name)) for name in told}}
            for kind, rows in found.items()
            for report, reference in rows
        ]
    )


def erase_reports(keys: Sequence[Key], erasure: Erasure) -> None:
    """That words were reported, and for which harm, stays to be decided."""
    for kind, report in REPORTS.items():
        of_kind = report.id.in_(_of(kind, keys))
        session.execute(update(report).where(of_kind).values(email=None, words=None))


def find_contests(subject: Subject) -> Sequence[Key]:
    ideas = select(Hiding.id).join(Idea, Idea.id == Hiding.idea_id).outerjoin(Author)
    of_author = or_(func.lower(Author.email).in_(subject.emails), Idea.receipt.in_(subject.receipts))
    comments = select(CommentHiding.id).join(CommentHiding.comment)
    comments = comments.outerjoin(Commenter, Commenter.comment_id == Comment.id)
    of_commenter = or_(func.lower(Commenter.email).in_(subject.emails), Comment.receipt.in_(subject.receipts))
    found = {
        IDEA: ideas.where(of_author, Hiding.contested_words.is_not(None)),
        COMMENT: comments.where(of_commenter, CommentHiding.contested_words.is_not(None)),
    }
    return [(kind, number) for kind, statement in found.items() for number in session.scalars(statement)]


def export_contests(keys: Sequence[Key]) -> Export:
    staff = ("id", "idea_id", "comment_id", "hidden_by", "decided_by")
    return Export(
        [
            row
            for kind, hiding in HIDINGS.items()
            for row in rows_of(select(hiding).where(hiding.id.in_(_of(kind, keys))), but=staff)
        ]
    )


def erase_contests(keys: Sequence[Key], erasure: Erasure) -> None:
    """What still waited for a decision is taken back; one that was decided stays decided."""
    for kind, hiding in HIDINGS.items():
        contests = update(hiding).where(hiding.id.in_(_of(kind, keys)))
        waits = hiding.decided_at.is_(None)
        session.execute(contests.where(waits).values(contested_words=None, contested_at=None))
        session.execute(contests.where(~waits).values(contested_words=""))


def forget_reports(now: datetime) -> int:
    """The worker's chore: the words of reports decided a year ago. Commits."""
    gone = 0
    for report in REPORTS.values():
        old = report.decided_at <= now - READ_FOR, report.words.is_not(None)
        forgotten = update(report).where(*old).values(words=None).returning(report.id)
        gone += len(session.scalars(forgotten).all())
    session.commit()
    return gone


def _of(kind: str, keys: Sequence[Key]) -> list[int]:
    """The numbers of the keys that are of a kind."""
    return [number for of_kind, number in keys if of_kind == kind]


KEEPERS = (
    Keeper(
        name="reports",
        what=_l("What you report about an idea or a comment, and your e-mail address if you leave one"),
        why=_l("To decide on it, and to tell you what was decided"),
        seen_by=MODERATORS,
        term=_l("The address until you are told, the words %(days)s days after the decision").filled(
            days=READ_FOR.days
        ),
        chore="forget reports",
        columns={"reports": ("words", "email"), "comment_reports": ("words", "email")},
        spared={
            "reports.note": "written by the moderators",
            "comment_reports.note": "written by the moderators",
        },
        find=find_reports,
        export=export_reports,
        erase=erase_reports,
        stays=_l("that words were reported, and for which reason"),
    ),
    Keeper(
        name="contests",
        what=_l("What you write when you contest that your idea or your comment is hidden"),
        why=_l("So that somebody else decides again"),
        seen_by=MODERATORS,
        term=_l("As long as the idea or the comment, until you erase it"),
        columns={"hidings": ("contested_words",), "comment_hidings": ("contested_words",)},
        spared={
            f"{table}.{column}": "published, written by the moderators"
            for table in ("hidings", "comment_hidings")
            for column in ("text", "decided_text")
        },
        find=find_contests,
        export=export_contests,
        erase=erase_contests,
    ),
)
