"""What awaits a person at the desks of ideas."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import SECRETARIAT
from cocreation.core.database import session
from cocreation.fates.queries.batches import ready_counts
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import bundle_counts


def desk(person: Person, today: date) -> dict[str, int]:
    """What awaits a person there: ideas "to_screen", "to_refer", "to_publish", "to_answer" and, of
    these, "late"; appeals "to_hear".
    """
    waiting: dict[str, int] = {}
    counts = {}
    if person.runs_everything:
        states = {"to_screen": IdeaState.RECEIVED, "to_refer": IdeaState.ACCEPTED}
        counts = {key: select(func.count()).where(Idea.state == state) for key, state in states.items()}
        waiting["to_publish"] = sum(ready_counts().values())
    if person.has(*SECRETARIAT, Role.COMMITTEE_MEMBER):
        counts["to_hear"] = select(func.count()).where(Appeal.outcome.is_(None))
    if counts:
        found = session.execute(select(*(count.scalar_subquery() for count in counts.values()))).one()
        waiting |= dict(zip(counts, found, strict=True))
    if person.has(Role.FOCAL_POINT, Role.COLLEAGUE):
        bundle = bundle_counts(bundle_of(person), today)
        waiting |= {"to_answer": bundle["waiting"], "late": bundle["late"]}
    return waiting
