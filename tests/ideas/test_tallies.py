"""The count of ideas that the database keeps: right after every change, short after the worker's round."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import delete, func, select, update

from cocreation.app import CHORES
from cocreation.core import clock
from cocreation.core.chores import do
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.ideas.models.tally import Tally
from cocreation.ideas.queries import public_ideas
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.reasons.models import Fate, Reason
from tests.cast import T
from tests.senders import write


def counted() -> Counter:
    """The ideas themselves, one by one."""
    columns = (Idea.cycle_id, Idea.origin, Idea.state, Idea.fate, Idea.accepted)
    rows = session.execute(select(*columns).where(IS_PUBLIC))
    return Counter(tuple(row) for row in rows)


def kept() -> Counter:
    columns = (Tally.cycle_id, Tally.origin, Tally.state, Tally.fate, Tally.accepted)
    rows = session.execute(select(*columns, func.sum(Tally.count)).group_by(*columns))
    return Counter({tuple(kind): count for *kind, count in rows if count})


@pytest.fixture
def some(cast):
    write(cast, 3)
    write(cast, 2, origin=Origin.PAPER, region_code="04")
    write(cast, state=IdeaState.UNCONFIRMED, number=None, reference=None, received_at=None, steps=[])
    return cast


def test_every_way_an_idea_can_change_is_counted(some):
    assert kept() == counted() != Counter()
    session.execute(update(Idea).where(Idea.id == 1).values(state=IdeaState.ACCEPTED, region_code="02"))
    session.commit()
    assert kept() == counted()
    session.execute(update(Idea).where(Idea.id == 1).values(accepted=True))
    session.commit()
    assert kept() == counted()
    fate = {"fate": Fate.DEFERRED, "reason": Reason.LACKS_TIME, "reason_text": T("سبب", "raison")}
    session.execute(
        update(Idea).where(Idea.id < 4).values(state=IdeaState.PUBLISHED, fate_at=clock.now(), **fate)
    )
    session.commit()
    assert kept() == counted()
    confirmed = {
        "state": IdeaState.RECEIVED,
        "number": 60,
        "reference": "2026-60",
        "received_at": clock.now(),
    }
    session.execute(update(Idea).where(Idea.state == IdeaState.UNCONFIRMED).values(**confirmed))
    session.commit()
    assert kept() == counted()
    session.execute(delete(Idea).where(Idea.id == 2))
    session.commit()
    assert kept() == counted()
    assert sum(counted().values()) == 5


def test_what_is_rolled_back_is_not_counted(some):
    before = kept()
    session.execute(update(Idea).values(origin=Origin.EMAIL))
    session.rollback()
    assert kept() == before == counted()


def test_what_changes_no_count_writes_no_row(some):
    before = session.scalar(select(func.count(Tally.id)))
    session.execute(
        update(Idea).values(supporters=4, proposal="Autre", received_at=clock.now()).where(IS_PUBLIC)
    )
    session.commit()
    assert session.scalar(select(func.count(Tally.id))) == before


def test_the_worker_folds_the_rows_and_the_figures_stay(some):
    write(some, 150)
    before, rows = public_ideas.outcomes(), session.scalar(select(func.count(Tally.id)))
    session.remove()
    [fold] = [chore for chore in CHORES if chore.name == "tallies"]
    assert do(fold, clock.now()) > 100
    assert do(fold, clock.now()) == 0
    assert session.scalar(select(func.count(Tally.id))) < 10 < rows
    assert public_ideas.outcomes() == before
    assert kept() == counted()
