"""How much waits for moderation."""

from __future__ import annotations

from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.moderation.models import CommentHiding, CommentReport, Hiding, Report
from cocreation.moderation.queries import comments, ideas


def waiting_counts() -> tuple[int, int, int, int]:
    """How many ideas are reported, how many contests of hidden ideas wait; the same of comments."""
    counts = (
        select(func.count(func.distinct(Report.idea_id))).where(Report.decided_at.is_(None)),
        select(func.count()).select_from(Hiding).where(*ideas.AWAITS_DECISION),
        select(func.count(func.distinct(CommentReport.comment_id))).where(CommentReport.decided_at.is_(None)),
        select(func.count()).select_from(CommentHiding).where(*comments.AWAITS_DECISION),
    )
    row = session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    return row[0], row[1], row[2], row[3]
