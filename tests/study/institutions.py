"""The institutions' room, set: ideas sent to the ministry, criteria of the cycle, answers."""

from __future__ import annotations

from typing import Any

from cocreation.accounts.models import Person, Role
from cocreation.core.database import Translated, session
from cocreation.ideas.models.idea import IdeaState
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Criterion, Referral
from cocreation.study.services import answers, referrals as study_referrals
from cocreation.study.services.answers import InstitutionAnswer
from tests.cast import THEN, Cast, person
from tests.desk import BATCHES, publish, received
from tests.forms import fill
from tests.html import numbers, parse

LATER = {"outcome": "deferred/lacks_budget", "reason_text-fr": "Pas de budget cette fois"}
RUNNING = {"outcome": "already_under_way/in_progress", "reason_text-fr": "Le programme existe"}
ELSEWHERE = {"outcome": "transferred/other_remit", "reason_text-fr": "Ce n'est pas de notre ressort"}


def sent(cast: Cast, count: int = 1, *bodies: Any, due_on: str = "2026-04-01", **given: Any) -> list[int]:
    """Ideas sent to the ministry, or to `bodies`; the ids of the referrals."""
    from datetime import date

    ids = received(cast, count, state=IdeaState.ACCEPTED, **given)
    day = date.fromisoformat(due_on)
    to = [body.id for body in bodies or (cast.ministry,)]
    referrals = study_referrals.refer(ids, to, due_on=max(day, THEN.date()), by=cast.salma.id, now=THEN)
    for referral in referrals:
        referral.due_on = day
    ids = [referral.id for referral in referrals]
    session.commit()
    session.remove()
    return ids


def with_criteria(cast: Cast, *weights: int) -> list[int]:
    """Criteria of the cast's cycle, named C1, C2…; their ids."""
    rows = [
        Criterion(cycle_id=cast.cycle.id, position=n, name=Translated(fr=f"C{n}", ar=f"م{n}"), weight=weight)
        for n, weight in enumerate(weights or (30, 10), 1)
    ]
    session.add_all(rows)
    session.commit()
    ids = [row.id for row in rows]
    session.remove()
    return ids


def answered(cast: Cast, referral_id: int, fate: Fate = Fate.DEFERRED, now: Any = THEN, **given: Any) -> None:
    """An answer of the ministry, without its page."""
    reason = {Fate.DEFERRED: Reason.LACKS_BUDGET, Fate.TRANSFERRED: Reason.OTHER_REMIT}[fate]
    answers.answer(
        referral_id,
        InstitutionAnswer(fate, reason, Translated(fr="Voilà"), **given),
        by=cast.farid.id,
        now=now,
    )
    session.commit()
    session.remove()


def published(cast: Cast) -> None:
    """Everything that is ready is published in one batch."""
    salma = cast.visitor(cast.salma)
    answer = fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"})
    assert answer.status_code == 302, answer.text
    publish(cast, answer.location)


def clocks(page: str) -> list[tuple[str, str]]:
    """How each idea of a list stands: by the kind of its state, and with how many days left or late."""
    return [
        (mark.get("class", "").split("-")[-1], "".join(filter(str.isdigit, mark.tail or "")))
        for row in parse(page).iterfind(".//*[@class='row-meta']")
        for mark in row.iter("span")
        if "state" in mark.get("class", "").split()
    ]


def late(page: str) -> list[int]:
    """How many answers the head of the bundle says are late."""
    return numbers(page, ".head .state-refused")


def another(role: Role, name: str, scope: int) -> Person:
    row = person(name, role, scope)
    session.commit()
    session.remove()
    return row


def referral(idea_id: int, slug: str = "ministry") -> Referral:
    session.remove()
    from cocreation.directory.models import Institution

    return (
        session.query(Referral)
        .join(Referral.institution)
        .filter(Referral.idea_id == idea_id, Institution.slug == slug)
        .one()
    )
