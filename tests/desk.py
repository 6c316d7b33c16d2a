"""Ideas on the desks, made straight in the tables: other rooms' pages have their own tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from werkzeug.test import TestResponse

from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.services import publication
from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.demographics.models import Capacity
from cocreation.ideas.models.idea import Author, AuthorKind, Idea, IdeaState, Origin, Step, StepKind
from cocreation.ledger.models import RegisterEntry
from cocreation.meetings.models.meeting import Workshop
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.reasons.models import Fate, Reason
from cocreation.workshops.models import LineKind, OutputLine
from tests.cast import THEN, Cast, T
from tests.forms import fill, press
from tests.html import parse

SCREENING = "/en/manage/dispositions/screening"
REFERRALS = "/en/manage/dispositions/referrals"
BUNDLE = "/en/manage/dispositions/bundle"
BATCHES = "/en/manage/dispositions/batches"


def received(cast: Cast, count: int = 1, *, email: str | None = None, **given: Any) -> list[int]:
    """Ideas that wait for screening, the oldest first; their ids. `email` is their author's."""
    first = 1 + (session.scalar(select(func.max(Idea.number))) or 0)
    rows = [_row(cast, number, given) for number in range(first, first + count)]
    session.execute(insert(Idea), rows)
    ids = list(session.scalars(select(Idea.id).where(Idea.number >= first).order_by(Idea.id)))
    session.execute(insert(Step), [{"idea_id": i, "kind": StepKind.RECEIVED, "at": THEN} for i in ids])
    if email:
        session.execute(insert(Author), [_author(idea_id, email) for idea_id in ids])
    session.commit()
    session.remove()
    return ids


def restated(cast: Cast, number: int = 1) -> int:
    """An idea said in the first workshop of the cast's meeting."""
    workshop_id = session.scalar(select(Workshop.id).where(Workshop.number == 1))
    line = OutputLine(
        workshop_id=workshop_id, kind=LineKind.SOLUTION, number=number, text="بوابة", language="ar"
    )
    session.add(line)
    session.commit()
    return received(cast, source_line_id=line.id, origin=Origin.WORKSHOP)[0]


def participant(cast: Cast, email: str, state: RegistrationState = RegistrationState.CONFIRMED) -> None:
    """Somebody at the first workshop of the cast's meeting."""
    session.add(
        Registration(
            meeting_id=cast.meeting.id,
            workshop_id=session.scalar(select(Workshop.id).where(Workshop.number == 1)),
            receipt=secrets.new_receipt(),
            once=secrets.new_token(),
            state=state,
            name="Participant",
            folded="participant",
            email=email,
            capacity=Capacity.CITIZEN,
            language="fr",
            registered_at=THEN,
            queued_at=THEN,
        )
    )
    session.commit()
    session.remove()


def close(phase: Phase) -> None:
    """End a phase of the calendar the day before the tests' day."""
    period = session.scalars(select(PhasePeriod).where(PhasePeriod.phase == phase)).one()
    period.closes_on = (THEN - timedelta(days=1)).date()
    session.commit()
    session.remove()


def read_by_a_second_person(cast: Cast, batch: str) -> None:
    """Salma sends the batch at this address, Mounia of the committee finds nothing to change."""
    sent = press(cast.visitor(cast.salma), batch, "/send")
    assert sent.status_code == 302, sent.text
    answer = fill(cast.visitor(cast.mounia), batch, verdict="approve")
    assert answer.status_code == 302, answer.text


def publish(cast: Cast, batch: str) -> None:
    """The batch at this address is read, published by Salma, and carried out by the worker."""
    read_by_a_second_person(cast, batch)
    begun = press(cast.visitor(cast.salma), batch, "/publish")
    assert begun.status_code == 302, begun.text
    work(cast.app)


def insist(visitor: FlaskClient, page: str, action: str) -> TestResponse:
    """Post to the address of a button that the page does not offer, since it would only be refused."""
    key = next(
        field.get("value")
        for field in parse(visitor.get(page).text).iter("input")
        if field.get("name") == "csrf_token"
    )
    return visitor.post(f"{page}{action}", data={"csrf_token": key})


def work(app: Flask) -> None:
    """One round of the worker, whose clock the test plays with."""
    session.remove()
    done = app.test_cli_runner().invoke(args=["worker", "--once", "--trust-clock"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    session.remove()


def drafted(cast: Cast, count: int = 1, *, email: str | None = None, **given: Any) -> int:
    """A complete batch of answered ideas, read by a second person; its id. `given` goes to its drafts."""
    return batch_of(cast, received(cast, count, email=email, state=IdeaState.ANSWERED), **given)


def batch_of(cast: Cast, ids: Sequence[int], **given: Any) -> int:
    """The same of these ideas."""
    batch = Batch(
        cycle_id=cast.cycle.id,
        title=T("دفعة", "Un lot"),
        created_by=cast.salma.id,
        created_at=THEN,
        sent_by=cast.salma.id,
        sent_at=THEN,
        reviewed_by=cast.mounia.id,
        reviewed_at=THEN,
    )
    session.add(batch)
    session.flush()
    said = {
        "fate": Fate.DEFERRED,
        "reason": Reason.LACKS_BUDGET,
        "reason_text": T("لا ميزانية لها الآن", "Pas de budget cette fois"),
        "institution_id": cast.ministry.id,
    }
    session.execute(insert(FateDraft), [{"idea_id": i, "batch_id": batch.id, **said, **given} for i in ids])
    session.commit()
    session.remove()
    return batch.id


def published(cast: Cast, count: int = 1, *, email: str | None = None, **given: Any) -> int:
    """A batch whose fates are public, published by Salma; its id."""
    batch_id = drafted(cast, count, email=email, **given)
    publication.publish(batch_id, by=cast.salma.id, now=THEN)
    session.commit()
    session.remove()
    return batch_id


def batch(batch_id: int) -> Batch:
    """A batch as it stands now."""
    session.remove()
    return session.get_one(Batch, batch_id)


def idea(reference: str) -> Idea:
    """An idea as it stands now."""
    session.remove()
    return session.scalars(select(Idea).where(Idea.reference == reference)).one()


def states(*references: str) -> list[str]:
    session.remove()
    found = session.scalars(select(Idea).where(Idea.reference.in_(references)).order_by(Idea.number))
    return [idea.state.value for idea in found]


def waiting(visitor: FlaskClient, address: str) -> list[int]:
    """The figures that a visitor's own desk says of the page at `address`: what waits, then what is late."""
    rows = parse(visitor.get("/en/desk").text).iterfind(".//section[@aria-labelledby='waits']//li")
    found = [row for row in rows if any(link.get("href") == address for link in row.iter("a"))]
    marks = [mark for row in found for mark in row.iter("span") if "state" in mark.get("class", "").split()]
    return [int("".join(filter(str.isdigit, mark.text or ""))) for mark in marks]


def steps(reference: str) -> Sequence[Step]:
    session.remove()
    of_idea = (
        select(Step).join(Idea, Idea.id == Step.idea_id).where(Idea.reference == reference).order_by(Step.id)
    )
    return session.scalars(of_idea).all()


def entries() -> Sequence[RegisterEntry]:
    session.remove()
    return session.scalars(select(RegisterEntry).order_by(RegisterEntry.number)).all()


def _row(cast: Cast, number: int, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "cycle_id": cast.cycle.id,
        "number": number,
        "reference": f"2026-{number}",
        "receipt": secrets.new_receipt(),
        "once": secrets.new_token(),
        "origin": Origin.ONLINE,
        "state": IdeaState.RECEIVED,
        "language": "ar",
        "proposal": f"نشر المعطيات رقم {number}",
        "tokens": "",
        "theme_id": cast.access.id,
        "submitted_at": THEN,
        "received_at": THEN + timedelta(minutes=number),
        **given,
    }


def _author(idea_id: int, email: str) -> dict[str, Any]:
    return {
        "idea_id": idea_id,
        "kind": AuthorKind.PERSON,
        "name": "Secret Name",
        "email": email,
        "language": "fr",
        "is_named": False,
        "consented_at": THEN,
    }
