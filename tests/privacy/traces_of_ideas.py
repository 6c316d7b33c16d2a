"""What the person leaves with ideas: sent, supported, begun, reported; and somebody else's, which stays."""

from __future__ import annotations

import io

from sqlalchemy import func, select, text

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Attachment, Idea, Step, StepKind
from cocreation.moderation.models import Harm, Hiding
from tests.cast import Cast, T
from tests.forms import fill
from tests.privacy.trace import NAME, OTHER, PDF, TRACE, Pages, Ways, mark
from tests.senders import SENTENCE


def sent_an_idea(cast: Cast, ways: Ways) -> Pages:
    """Sent with a file and confirmed; asked, contested, hidden, contested again."""
    client = cast.visitor()
    fields = {"proposal": f"{SENTENCE} {TRACE}", "email": ways.email, "name": NAME, "consent": "y"}
    fill(client, "/en/ideas/new", **fields, files=[(io.BytesIO(PDF), f"{TRACE}.pdf")])
    own = session.scalars(select(Idea).where(Idea.proposal.contains(TRACE))).one()
    session.remove()
    fill(client, f"/en/ideas/confirm/{own.receipt}")
    now, by = clock.now(), cast.salma.id
    words = T("س", f"reply {TRACE}")
    session.add_all(
        [
            Question(
                idea_id=own.id, text=T("سؤال", "Quoi ?"), asked_by=by, asked_at=now, answer_by=now.date()
            ),
            Appeal(idea_id=own.id, text="x", language="fr", filed_at=now),
            *(Step(idea_id=own.id, kind=kind, at=now, text=words) for kind in SPOKEN),
            Hiding(
                idea_id=own.id,
                reason=Harm.OTHER,
                text=T("س", "Raison"),
                hidden_by=by,
                hidden_at=now,
                contest_until=now.date(),
                contested_words="x",
                contested_at=now,
            ),
        ]
    )
    session.commit()
    mark(Idea.__table__, Idea.id == own.id)
    steps = Step.__table__.c
    mark(Step.__table__, (steps.idea_id == own.id) & steps.kind.in_([kind.value for kind in SPOKEN]))
    for kind in (Question, Appeal, Hiding, Attachment):
        mark(kind.__table__, kind.__table__.c.idea_id == own.id)
    return [f"/en/receipts/{own.receipt}", f"/en/receipts/{own.receipt}/data"]


SPOKEN = (StepKind.ASKED, StepKind.REPLIED, StepKind.APPEALED)


def backed(cast: Cast, ways: Ways) -> Pages:
    bystander(cast)
    fill(cast.visitor(), "/en/ideas/2026-1", email=ways.email, supports="y", follows="")
    receipt = session.execute(text("SELECT receipt FROM backings ORDER BY id DESC")).scalar()
    session.remove()
    return [f"/en/backings/{receipt}"]


def drafted(cast: Cast, ways: Ways) -> Pages:
    """A form half filled in, with a file."""
    client = cast.visitor()
    fields = {"proposal": f"Draft {TRACE}", "email": ways.email.title()}
    answer = fill(client, "/en/ideas/new", **fields, files=[(io.BytesIO(PDF), f"{TRACE}.pdf")], act="keep")
    page = answer.location.removesuffix("/link")
    fill(client, f"{page}/link", email=ways.email)
    return [page, f"{page}/link"]


def reported(cast: Cast, ways: Ways) -> Pages:
    bystander(cast)
    words = {"reason": "other", "words": f"harm {TRACE}", "email": ways.email}
    assert fill(cast.visitor(), "/en/ideas/2026-1/report", **words).status_code == 302
    return []


def bystander(cast: Cast) -> None:
    """Somebody else, who keeps all that is theirs."""
    if session.scalar(select(func.count()).select_from(Idea)):
        session.remove()
        return
    client = cast.visitor()
    fill(client, "/en/ideas/new", proposal=SENTENCE, email=OTHER, name="Omar Alaoui", consent="y")
    receipt = session.scalar(select(Idea.receipt))
    session.remove()
    fill(client, f"/en/ideas/confirm/{receipt}")
