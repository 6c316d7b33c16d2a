"""An idea whose words do harm, and what people and moderators do about it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.ideas.models.idea import Author, AuthorKind, Idea
from cocreation.moderation.models import Hiding, Report
from tests.cast import THEN, Cast
from tests.forms import fill
from tests.senders import write

# How the mails tell what was decided, for nothing else in them does.
HIDDEN_NOW = "You reported the words of the idea %(reference)s. They are hidden now."
NOT_AGAINST_THE_RULE = (
    "You reported the words of the idea %(reference)s. They stay: they are not against the rule."
)
SHOWN_AGAIN = "You contested that the words of your idea %(reference)s are hidden. They are shown again."
STILL_HIDDEN = "You contested that the words of your idea %(reference)s are hidden. They stay hidden."
# A word that stands nowhere else.
HARM = "xyzzyharm"
DESK = "/en/manage/moderation"
AUTHOR = "nadia@example.org"


@pytest.fixture
def harmful(cast: Cast) -> Idea:
    """Idea 2026-1, of the region 02, whose author can be written to."""
    [idea] = write(
        cast,
        proposal=f"Le directeur est un {HARM} notoire",
        problem=f"{HARM} partout",
        expected_result=f"plus de {HARM}",
        region_code="02",
        theme_id=cast.access.id,
    )
    session.add(
        Author(
            idea_id=idea.id,
            kind=AuthorKind.PERSON,
            name=f"Nadia {HARM}",
            email=AUTHOR,
            language="en",
            is_named=True,
            consented_at=THEN,
        )
    )
    session.commit()
    session.remove()
    return idea


@pytest.fixture
def mails(app, tmp_path):
    """Let the worker send what is due; the mails that came since it was asked before, as (to, text)."""
    seen: list[tuple[str, str]] = []

    def sent():
        app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
        session.remove()
        all_ = [(mail["To"], mail.get_body(("plain",)).get_content()) for mail in mailbox(tmp_path / "mail")]
        new = [mail for mail in all_ if mail not in seen]
        seen.extend(new)
        return new

    return sent


def report(client, reference="2026-1", **fields):
    return fill(client, f"/en/ideas/{reference}/report", **{"reason": "insult", **fields})


def hide(client, reference="2026-1", text="It insults somebody.", reason="insult"):
    return fill(client, f"{DESK}/{reference}", reason=reason, **{"text-en": text})


def dismiss(client, reference="2026-1", note="An opinion."):
    return fill(client, f"{DESK}/{reference}", note=note)


def contest(client, receipt, words="It was no insult."):
    return fill(client, f"/en/receipts/{receipt}/contest", words=words)


def decide(client, reference="2026-1", lifts="yes", text="It was no insult indeed."):
    return fill(client, f"{DESK}/{reference}", lifts=lifts, **{"text-en": text})


def idea(reference="2026-1"):
    session.remove()
    return session.scalars(select(Idea).where(Idea.reference == reference)).one()


def reports():
    session.remove()
    return session.scalars(select(Report).order_by(Report.id)).all()


def hidings():
    session.remove()
    return session.scalars(select(Hiding).order_by(Hiding.id)).all()
