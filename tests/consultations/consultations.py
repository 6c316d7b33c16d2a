"""Consultations in tests: drafts of commitments, a consultation on them, its announcement."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from cocreation.consultations.chores import tell_of_consultations
from cocreation.consultations.emails import NEWS
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from tests.cast import THEN, Cast
from tests.forms import fill, press

MANAGE, PUBLIC = "/en/manage/consultations", "/en/consultations"
ONE, PAGE = f"{MANAGE}/2026-PC1", f"{PUBLIC}/2026-PC1"
DAY = timedelta(days=1)
# By the clock in Casablanca (UTC in Ramadan, until 22 March 2026; an hour more after).
DETAILS = {
    "title-ar": "مشاريع الالتزامات",
    "title-fr": "Les projets d’engagement",
    "note-ar": "ما الذي يتغير",
    "note-fr": "Ce qui change, et pourquoi",
    "questions-ar": "ما الذي ينقص؟",
    "questions-fr": "Que manque-t-il ?\nQue faut-il retirer ?",
    "follow_up-ar": "جواب عن كل تعليق",
    "follow_up-fr": "Une réponse à chaque commentaire",
    "opens_at": "2026-03-30T09:00",
    "closes_at": "2026-04-20T09:00",
    "answers_by": "2026-05-31",
}
OPENS = datetime.fromisoformat("2026-03-30T08:00+00:00")
CLOSES = datetime.fromisoformat("2026-04-20T08:00+00:00")
WHY = {"why-ar": "طلبت الجمعيات مزيدا من الوقت", "why-fr": "Les associations demandent plus de temps"}


def draft(cast: Cast, salma: FlaskClient, number: int = 2, **fields: str) -> str:
    """A draft of a commitment, with a document; its reference."""
    words = {
        "number": str(number),
        "axis": str(cast.axis.id),
        "institution": str(cast.ministry.id),
        "title-fr": f"Engagement {number}",
        "problem-fr": "Un problème",
        "solution-fr": "Une solution",
        "expected_result-fr": "Un résultat",
        **fields,
    }
    assert fill(salma, "/en/manage/plan/new", **words).status_code == 302
    return f"2026-C{number:02d}"


def prepare(salma: FlaskClient, *documents: str, **fields: str) -> None:
    """A consultation with all that its announcement asks for, on these texts."""
    assert fill(salma, f"{MANAGE}/new", **{**DETAILS, **fields}).status_code == 302
    if documents:
        assert fill(salma, f"{ONE}/texts", documents=list(documents)).status_code == 302
    for text_id in text_ids():
        summary = {"summary-ar": "ملخص", "summary-fr": f"Un résumé {text_id}"}
        assert fill(salma, f"{ONE}/texts/{text_id}", **summary).status_code == 302


def announced(cast: Cast, salma: FlaskClient) -> None:
    prepare(salma, draft(cast, salma))
    assert press(salma, ONE, "/announce").status_code == 302


def text_ids() -> list[int]:
    return [text.id for text in consultation().texts]


def consultation() -> Consultation:
    """The one there is, with its texts; later requests cannot change what was read."""
    from sqlalchemy.orm import selectinload

    session.remove()
    row = session.scalars(select(Consultation).options(selectinload(Consultation.texts))).one()
    session.remove()
    return row


def work(at: datetime = THEN) -> int:
    """One look of the worker's chore at a moment."""
    with clock.frozen(at):
        done = tell_of_consultations(at)
    session.remove()
    return done


def news() -> list[tuple[str, ...]]:
    """What was told by mail: the kind of news and whom to, as what."""
    mails = session.scalars(select(Mail).where(Mail.template == NEWS.name).order_by(Mail.id)).all()
    session.remove()
    told = [mail for mail in mails if mail.context]  # what was sent keeps neither address nor content
    return [(mail.context["what"], mail.to, mail.context["told_as"]) for mail in told]
