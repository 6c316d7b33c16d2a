"""Figures renewed act by act are those that come out when all is made anew; and pages ask little."""

from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import HealthCheck, example, given, settings, strategies as st
from sqlalchemy import delete, event, select, update

from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.tracking import figures
from cocreation.tracking.models import (
    Evidence,
    EvidenceStanding,
    Obstacle,
    ProgressMark,
    ProgressReport,
    TrackedActivity,
    TrackedCommitment,
    WeightSetting,
)
from cocreation.tracking.services import evidence, marks, plans, weights
from tests.cast import THEN, T
from tests.scene_tracking import WEIGHTS, tracked

PLACES = [
    (commitment, activity) for commitment, parts in enumerate(WEIGHTS) for activity in range(len(parts))
]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["report", "report", "prove", "contest", "stand", "weigh", "drop", "restore"]),
        st.sampled_from(PLACES),
        st.integers(0, 1),
        st.integers(0, 99),
        st.booleans(),
    ),
    min_size=3,
    max_size=14,
)


def act(scene, cast, what, place, period, percent, now):
    key = scene.commitments[place[0]]
    match what:
        case "report":
            current = session.scalar(
                select(ProgressReport.revision).where(
                    ProgressReport.activity_id == scene.activities[place[0]][place[1]],
                    ProgressReport.period_id == scene.periods[period],
                    ProgressReport.is_current,
                )
            )
            scene.report(cast, percent, *place, period, now=now, stands_on=current or 0, lowered="Recompté")
        case "prove":
            scene.prove(cast, *place, period, now=now)
        case "contest" | "stand":
            if last := session.scalar(select(Evidence.id).order_by(Evidence.id.desc())):
                evidence.stand(last, counts=what == "stand", cause=what, now=now)
        case "weigh":
            parts = len(WEIGHTS[place[0]])
            given = dict.fromkeys(range(2, parts + 1), 100 + percent)
            given[1] = 1000 - sum(given.values())
            weights.set_weights(key, given, T("", "Recompté"), by=cast.hicham.id, now=now)
        case "drop":
            plans.drop_commitment(key, on=now.date(), now=now)
        case "restore":
            plans.restore_commitment(key, now=now)


def all_marks():
    columns = [column for column in ProgressMark.__table__.columns if column.name != "cycle_id"]
    return sorted((tuple(row) for row in session.execute(select(*columns))), key=str)


def forget_all(scene, cycle_id):
    """As the scene was when it was begun."""
    session.rollback()
    session.expire_all()
    for table in (Obstacle, EvidenceStanding, Evidence):
        session.execute(delete(table))
    emptied = {"declared": None, "evidenced": None, "period_id": None}
    session.execute(update(TrackedActivity).values(evidenced=None))
    session.execute(update(TrackedActivity).values(**emptied))
    session.execute(delete(ProgressReport))
    session.execute(delete(WeightSetting).where(WeightSetting.number > 1))
    session.execute(update(TrackedCommitment).values(dropped_on=None))
    for keys, parts in zip(scene.activities, WEIGHTS, strict=True):
        for key, weight in zip(keys, parts, strict=True):
            weighed = {"weight": weight, "former_weight": weight}
            session.execute(update(TrackedActivity).where(TrackedActivity.id == key).values(**weighed))
    session.expire_all()
    marks.rebuild(cycle_id)
    session.commit()


def test_figures_renewed_step_by_step_are_those_made_anew(cast):
    scene = tracked(cast)

    @given(ACTS)
    @example([("drop", (0, 0), 0, 0, False), ("report", (0, 1), 0, 0, True), ("drop", (0, 0), 0, 0, True)])
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    def hold(acts):
        forget_all(scene, cast.cycle.id)
        now = datetime(2026, 3, 2, 9, tzinfo=THEN.tzinfo)
        for what, place, period, percent, is_next_day in acts:
            now += timedelta(days=1 if is_next_day else 0, minutes=1)
            with suppress(Refusal):
                act(scene, cast, what, place, period, percent, now)
            session.commit()
        stood = all_marks()
        for row in session.scalars(select(ProgressMark)):
            assert (row.evidenced or 0) <= (row.declared or 0)
            assert (row.former_evidenced or 0) <= (row.former_declared or 0)
        shown = figures.plan_at(cast.cycle, now.date())
        for row in (activity for part in shown.commitments for activity in part.activities):
            assert (row.declared, row.evidenced) == (row.activity.declared, row.activity.evidenced)
        marks.rebuild(cast.cycle.id)
        assert all_marks() == stood
        session.rollback()

    hold()


def test_the_figures_of_a_plan_are_five_statements(cast):
    scene = tracked(cast)
    scene.report(cast, 40)
    scene.prove(cast)
    session.expunge_all()
    asked = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    figures.plan_at(cast.cycle, THEN.date())
    assert len([said for said in asked if said.startswith("SELECT")]) == 5
