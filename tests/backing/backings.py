"""Backing ideas in tests: asking, saying yes, following; who backs what now."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy import select

from cocreation.backing.models import Backing, Rhythm
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, StepKind
from cocreation.ideas.services import steps
from tests.forms import fill
from tests.senders import link

EMAIL = "youssef@example.org"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def words(mail: EmailMessage) -> str:
    """The text of a mail."""
    return mail.get_body(("plain",)).get_content()


def ask(client, reference: str = "2026-1", email: str = EMAIL, **wish) -> None:
    """Ask on its page to back an idea, to support it unless told otherwise."""
    answer = fill(client, f"/en/ideas/{reference}", email=email, **{"follows": "", "supports": "y", **wish})
    assert answer.location == f"/en/ideas/{reference}/back/sent"
    assert client.get(answer.location).status_code == 200


def confirm(client, mails, **wish) -> str:
    """Press the button of the mail that came; the path it led to."""
    [mail] = mails()
    path = link(mail, "/backings/")
    assert fill(client, path, **(wish or {"supports": "y"})).status_code == 302
    return path.split("?")[0]


def supporters(reference: str = "2026-1") -> int:
    """How many support this idea now."""
    session.remove()
    return session.scalars(select(Idea.supporters).where(Idea.reference == reference)).one()


def backings() -> list[Backing]:
    """All backings as they are now; later requests cannot change what was read."""
    session.remove()
    rows = list(session.scalars(select(Backing).order_by(Backing.id)))
    session.expunge_all()
    return rows


def follow(idea: Idea, rhythm: Rhythm = Rhythm.DAILY, email: str = EMAIL, **values) -> Backing:
    """A confirmed follower, straight into the database."""
    receipt = f"0000-0000-{idea.number:04}-{len(backings()):04}"
    defaults = {
        "asked_at": clock.now(),
        "confirmed_at": clock.now(),
        "told_at": clock.now(),
        "supports": False,
    }
    row = Backing(
        idea_id=idea.id, email=email, language="en", follows=rhythm, receipt=receipt, **{**defaults, **values}
    )
    session.add(row)
    session.commit()
    session.remove()
    return row


def happen(idea: Idea, kind: StepKind, **values) -> None:
    """A public step of an idea, at this moment."""
    steps.record_step(session.get_one(Idea, idea.id), kind, at=clock.now(), **values)
    session.commit()
    session.remove()
