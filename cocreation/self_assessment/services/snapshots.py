"""The figures of a plan frozen for a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import lock, session
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.cycles.models import Cycle
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.self_assessment.models import PlanSnapshot
from cocreation.self_assessment.records import gathered
from cocreation.tracking.models import TrackedPlan


class PlanNotCarriedOut(Refusal):
    sentence = _l("This plan is not carried out yet: there are no figures of it.")


class SnapshotOfTheFuture(Invalid):
    sentence = _l("Figures of a day that has not come cannot be frozen: choose a day until today.")


class SnapshotBeforeThePlan(Invalid):
    sentence = _l("The plan is carried out since %(day)s: choose that day or a later one.")


class SnapshotStands(AlreadyDone):
    sentence = _l("Snapshot %(number)s of that day has the very same figures: it stands.")


def take(cycle_id: int, as_of: date, *, by: int | None, now: datetime) -> PlanSnapshot:
    """Freeze the figures for the end of `as_of` as they are known now; their digest goes into the register.
    Raises PlanNotCarriedOut, SnapshotOfTheFuture, SnapshotBeforeThePlan, SnapshotStands.
    """
    cycle = lock(Cycle, cycle_id)
    plan = session.get(TrackedPlan, cycle.id)
    if plan is None:
        raise PlanNotCarriedOut
    if as_of > day_of(now):
        raise SnapshotOfTheFuture
    if as_of < plan.began_on:
        raise SnapshotBeforeThePlan(day=i18n.format_date(plan.began_on))
    figures = gathered(cycle, as_of).as_json()
    digest = journal.seal(figures)
    same = PlanSnapshot.cycle_id == cycle.id, PlanSnapshot.as_of == as_of
    last = session.scalar(select(PlanSnapshot).where(*same).order_by(PlanSnapshot.number.desc()).limit(1))
    if last and last.digest == digest:
        raise SnapshotStands(number=last.number)
    highest = select(func.max(PlanSnapshot.number)).where(PlanSnapshot.cycle_id == cycle.id)
    snapshot = PlanSnapshot(
        cycle_id=cycle.id,
        number=(session.scalar(highest) or 0) + 1,
        as_of=as_of,
        figures=figures,
        digest=digest,
        taken_by=by,
        taken_at=now,
    )
    session.add(snapshot)
    session.flush()
    audit.record("snapshot taken", cycle.code, by=by, now=now, number=snapshot.number)
    journal.append(
        journal.Action.SNAPSHOT,
        f"{cycle.code}-F{snapshot.number}",
        now,
        plan=cycle.code,
        number=snapshot.number,
        as_of=as_of.isoformat(),
        digest=digest,
    )
    return snapshot
