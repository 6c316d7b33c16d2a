"""What the person leaves with texts put to public comment: followed, commented, supported."""

from __future__ import annotations

from sqlalchemy import text

from cocreation.comments.models import Comment, Commenter, Memorandum
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.moderation.models import CommentHiding, CommentReport, Harm
from tests import scene_consultations
from tests.cast import Cast, T
from tests.forms import fill
from tests.privacy.trace import TRACE, Pages, Ways, mark


def followed(cast: Cast, ways: Ways) -> Pages:
    fill(cast.visitor(), "/en/consultations/follow", email=ways.email, subject="region-02")
    receipt = session.execute(text("SELECT receipt FROM followings ORDER BY id DESC")).scalar()
    session.remove()
    return [f"/en/consultations/following/{receipt}"]


def commented(cast: Cast, ways: Ways) -> Pages:
    """Commented on a consulted text for an association, with its memorandum, and supported the comment."""
    consultation = scene_consultations.a_consultation(cast, 9, is_open=True)
    said = scene_consultations.a_vouched_comment(consultation, cast.association.id)
    said.suggested_in, said.wording, said.commenter.email = "fr", TRACE, ways.email
    supporter = scene_consultations.a_supporter(said, ways.email)
    pages = [f"/en/comments/{said.receipt}", f"/en/comments/{said.receipt}/withdraw"]
    pages.append(f"/en/comments/supports/{supporter.receipt}")
    hiding = CommentHiding(
        comment_id=said.id,
        reason=Harm.OTHER,
        text=T("س", "Raison"),
        hidden_by=cast.salma.id,
        hidden_at=clock.now(),
        contest_until=clock.today(),
        contested_words="x",
        contested_at=clock.now(),
    )
    report = CommentReport(
        comment_id=said.id,
        once="trace",
        reason=Harm.OTHER,
        words=TRACE,
        email=ways.email,
        language="fr",
        made_at=clock.now(),
    )
    session.add_all([hiding, report])
    session.commit()
    mark(CommentHiding.__table__, CommentHiding.id == hiding.id)
    mark(Comment.__table__, Comment.id == said.id)
    for kind in (Commenter, Memorandum):
        mark(kind.__table__, kind.comment_id == said.id, but=("email",))
    session.remove()
    return pages
