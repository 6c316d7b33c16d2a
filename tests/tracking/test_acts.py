"""What leads, the secretariat and the clock do to a plan that is carried out, and what is refused."""

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.ledger.models import RegisterEntry
from cocreation.plan.refusals import WeightImpossible
from cocreation.tracking import figures
from cocreation.tracking.chores import close_periods, freeze_weights
from cocreation.tracking.models import (
    MarkScope,
    ObstacleKind,
    ProgressMark,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
)
from cocreation.tracking.refusals import DroppedFromPlan, EndBeforeStart, PeriodClosed, PeriodNotBegun
from cocreation.tracking.services import (
    deadlines,
    evidence,
    indicators,
    marks,
    periods,
    plans,
    reports,
    weights,
)
from cocreation.tracking.services.deadlines import DeadlineAsBefore, DeadlineWithoutReason
from cocreation.tracking.services.indicators import ValueMissing
from cocreation.tracking.services.periods import (
    PeriodDates,
    PeriodOutOfOrder,
    PeriodsImpossible,
    PeriodsOverlap,
    PeriodsThere,
    PeriodUsed,
)
from cocreation.tracking.services.reports import (
    AlreadyReported,
    DayToCome,
    LoweredWithoutReason,
    PastPeriodMissing,
    PercentImpossible,
    ReportChangedMeanwhile,
)
from cocreation.tracking.services.weights import (
    ActivityUnknown,
    SumOfWeightsWrong,
    WeightsFrozen,
    WeightsIncomplete,
)
from tests.cast import THEN, T
from tests.scene_tracking import BEGAN, tracked

TODAY = THEN.date()
LATER = datetime.combine(date(2026, 9, 10), THEN.timetz())  # the second period has ended


@pytest.fixture
def scene(cast):
    return tracked(cast)


def refused(refusal, act, *given, **named):
    """The act is refused, and nothing was changed."""
    before = kept()
    with pytest.raises(refusal) as caught:
        act(*given, **named)
    session.rollback()
    assert kept() == before
    return caught.value


def kept():
    tables = ProgressReport, ProgressMark, ReportingPeriod, TrackedActivity, TrackedCommitment
    rows = [row for table in tables for row in session.execute(select(table.__table__)).all()]
    session.commit()
    return rows


def plan(scene, on=TODAY):
    return figures.plan_at(scene.cycle, on)


def all_marks():
    columns = list(ProgressMark.__table__.columns)
    return sorted((tuple(row) for row in session.execute(select(*columns))), key=str)


def said_of_weights():
    entries = session.scalars(select(RegisterEntry.content).order_by(RegisterEntry.number))
    actions = [json.loads(content)["action"] for content in entries]
    return [action for action in actions if action.startswith("weights")]


def assert_rebuilt(scene):
    stood = all_marks()
    marks.rebuild(scene.cycle.id)
    assert all_marks() == stood
    session.rollback()


def test_an_adopted_plan_is_tracked_and_adds_up_on_two_bases(cast, scene):
    shown = plan(scene)
    assert [len(row.activities) for row in shown.commitments] == [3, 2, 2]
    assert [axis.axis.position for axis in shown.axes] == [1, 2]
    assert (shown.figure.declared, shown.figure.evidenced) == (None, None)
    scene.report(cast, 80)
    scene.report(cast, 50, 1, 1)
    scene.report(cast, 30, 2, 0)
    scene.prove(cast, 2, 0)
    shown = plan(scene)
    declared = [row.figure.declared for row in shown.commitments]
    assert declared == [4000, 2000, 2100]
    assert [axis.figure.declared for axis in shown.axes] == [3000, 2100]
    assert (shown.figure.declared, shown.figure.evidenced) == (2550, 1050)
    assert [row.figure.evidenced for row in shown.commitments] == [None, None, 2100]
    plans.drop_commitment(scene.commitments[2], on=TODAY, now=THEN)
    session.commit()
    figure = plan(scene).figure
    assert (figure.declared, figure.former_declared) == (3000, 2550)
    assert_rebuilt(scene)
    refused(DroppedFromPlan, scene.report, cast, 40, 2, 1)
    plans.restore_commitment(scene.commitments[2], now=THEN)
    session.commit()
    assert plan(scene).figure.declared == 2550
    lines = figures.sum_of(shown.commitments[0].commitment, TODAY)
    assert sum(line.product for line in lines) == shown.commitments[0].figure.declared_sum == 40_000
    assert plan(scene, date(2026, 3, 9)).figure.declared is None


def test_what_is_proved_is_never_more_than_what_is_declared(cast, scene):
    scene.report(cast, 60)
    first = scene.prove(cast)
    scene.report(cast, 70, period=1, now=LATER)

    def percentages():
        session.expire_all()
        activity = session.get_one(TrackedActivity, scene.activities[0][0])
        return activity.declared, activity.evidenced

    assert percentages() == (70, 60)
    second = scene.prove(cast, period=1, now=LATER)
    assert percentages() == (70, 70)
    evidence.stand(second.id, counts=False, cause="contested", now=LATER + timedelta(days=1))
    assert percentages() == (70, 60)
    scene.report(cast, 40, period=1, stands_on=1, lowered="Recompté", now=LATER + timedelta(days=2))
    assert percentages() == (40, 40)
    evidence.stand(first.id, counts=False, cause="dead", now=LATER + timedelta(days=3))
    session.commit()
    assert percentages() == (40, None)
    at = [plan(scene, LATER.date() + timedelta(days=days)) for days in range(4)]
    rows = [shown.commitments[0].activities[0] for shown in at]
    assert [(row.declared, row.evidenced) for row in rows] == [(70, 70), (70, 60), (40, 40), (40, None)]
    assert_rebuilt(scene)
    trend = figures.trend(scene.cycle, LATER.date() + timedelta(days=1))
    assert [row.figure.declared for row in trend] == [750, 875, 875]
    assert [row.figure.evidenced for row in trend] == [750] * 3


def test_weights_add_up_are_frozen_and_change_with_a_public_reason(cast, scene):
    key, early = scene.commitments[0], datetime.combine(BEGAN, THEN.timetz()) + timedelta(days=3)

    def put(*given, reason="", now=early, numbers=(1, 2, 3)):
        said = dict(zip(numbers, given, strict=True)), T("", reason)
        done = weights.set_weights(key, *said, by=cast.hicham.id, now=now)
        session.commit()
        return done

    for wrong in ((400, 300, 299), (400, 300, 301)):
        refusal = refused(SumOfWeightsWrong, put, *wrong)
        assert any(total in str(refusal) for total in ("99,9", "100,1"))
    refused(WeightImpossible, put, 0, 500, 500)
    refused(ActivityUnknown, put, 400, 300, 300, numbers=(1, 2, 9))
    refused(WeightsIncomplete, put, 400, 600, numbers=(1, 2))
    with pytest.raises(NotFound):
        weights.set_weights(0, {1: 1000}, Translated(), by=cast.hicham.id, now=early)
    put(400, 300, 300)
    assert not said_of_weights()
    assert freeze_weights(THEN) == 3
    assert freeze_weights(THEN) == 0
    refused(WeightsFrozen, put, 500, 300, 200, now=THEN)
    put(500, 300, 200, reason="Le marché a doublé", now=THEN)
    assert said_of_weights() == ["weights frozen"] * 3 + ["weights set"]
    assert_rebuilt(scene)


def test_a_report_that_cannot_be_is_refused_in_a_sentence(cast, scene):
    refused(PercentImpossible, scene.report, cast, 120)
    refused(PeriodNotBegun, scene.report, cast, 10, period=2)
    refused(PastPeriodMissing, scene.report, cast, 100, period=1)
    days = {"started_on": date(2026, 3, 2), "ended_on": date(2026, 3, 1)}
    refused(EndBeforeStart, scene.report, cast, 10, **days)
    refused(DayToCome, scene.report, cast, 10, ended_on=TODAY + timedelta(days=1))
    refused(PeriodClosed, scene.report, cast, 10, now=LATER)
    refused(NotFound, reports.report_unchanged, 0, scene.periods[0], by=cast.hicham.id, now=THEN)
    scene.report(cast, 60)
    refused(LoweredWithoutReason, scene.report, cast, 50, stands_on=1)
    other = refused(ReportChangedMeanwhile, scene.report, cast, 70)
    assert other.report.declared == 60
    unchanged = scene.activities[0][0], scene.periods[0]
    refused(AlreadyReported, reports.report_unchanged, *unchanged, by=cast.hicham.id, now=THEN)
    refused(NotFound, reports.report_unchanged, unchanged[0], 99, by=cast.hicham.id, now=THEN)
    said = reports.report_unchanged(unchanged[0], scene.periods[1], by=cast.hicham.id, now=THEN)
    assert (said.declared, said.is_unchanged) == (60, True)
    session.commit()
    scene.report(cast, 100, period=1, stands_on=1, obstacles=[(ObstacleKind.MONEY, "Budget gelé")])
    assert_rebuilt(scene)


def test_what_was_not_reported_is_listed_with_its_days(cast, scene):
    scene.report(cast, 100)
    scene.report(cast, 20, 0, 1)
    on = date(2026, 9, 20)
    rows = figures.missing(scene.cycle, on)
    found = {(row.commitment.number, row.activity.number, row.period.number): row.days for row in rows}
    assert len(found) == 5 + 6
    assert found[1, 3, 1] == 31
    assert found[1, 2, 2] == 5
    assert (1, 1, 2) not in found


def test_an_end_moves_with_a_reason_and_the_one_before_stays(cast, scene):
    key, by = scene.activities[0][0], {"by": cast.hicham.id, "now": THEN}
    refused(DeadlineWithoutReason, deadlines.move_deadline, key, date(2027, 3, 1), " ", "fr", **by)
    refused(EndBeforeStart, deadlines.move_deadline, key, date(2025, 3, 1), "Plus tôt", "fr", **by)
    refused(DeadlineAsBefore, deadlines.move_deadline, key, date(2026, 12, 31), "Rien", "fr", **by)
    change = deadlines.move_deadline(key, date(2027, 3, 1), "Marché infructueux", "fr", **by)
    session.commit()
    activity = session.get_one(TrackedActivity, key)
    assert (activity.ends_on, activity.due_on, change.before) == (
        date(2026, 12, 31),
        date(2027, 3, 1),
        date(2026, 12, 31),
    )


def test_indicators_have_a_value_in_a_period(cast, scene):
    by = {"by": cast.hicham.id, "now": THEN}
    refused(ValueMissing, indicators.measure, scene.indicator, scene.periods[0], " ", "40", "", **by)
    refused(NotFound, indicators.measure, 0, scene.periods[0], "3", "40", "", **by)
    first = indicators.measure(scene.indicator, scene.periods[0], "12", "40", "Portail", **by)
    second = indicators.measure(scene.indicator, scene.periods[0], "13", "40", "Portail", **by)
    session.commit()
    assert (first.is_current, second.revision, second.is_current) == (False, 2, True)


def test_the_calendar_stays_in_order_and_closes(cast):
    scene = tracked(cast, with_periods=False)
    by = {"by": cast.salma.id, "now": THEN}
    refused(PeriodsImpossible, periods.preset_half_yearly, scene.cycle.id, 0, **by)
    rows = periods.preset_half_yearly(scene.cycle.id, 3, **by)
    session.commit()
    assert [(row.starts_on, row.ends_on) for row in rows][1] == (date(2026, 3, 1), date(2026, 8, 31))
    refused(PeriodsThere, periods.preset_half_yearly, scene.cycle.id, 3, **by)
    days = [date(2026, 3, 2), date(2026, 8, 1), date(2026, 8, 2), date(2026, 8, 3)]
    wrong = PeriodDates(T("", "P"), *reversed(days))
    refused(PeriodOutOfOrder, periods.set_period, scene.cycle.id, 2, wrong, **by)
    refused(PeriodsOverlap, periods.set_period, scene.cycle.id, None, PeriodDates(T("", "P"), *days), **by)
    periods.set_period(scene.cycle.id, 2, PeriodDates(T("", "P"), *days), **by)
    periods.remove_period(scene.cycle.id, 3, **by)
    session.commit()
    scene.periods = [row.id for row in rows]
    scene.report(cast, 10)
    refused(PeriodUsed, periods.remove_period, scene.cycle.id, 1, **by)
    assert close_periods(LATER) == 2
    assert close_periods(LATER) == 0
    refused(PeriodClosed, periods.set_period, scene.cycle.id, 1, PeriodDates(T("", "P"), *days), **by)
    assert session.get_one(TrackedPlan, scene.cycle.id).weights_due_on == BEGAN + timedelta(days=30)
    assert MarkScope.PLAN in {row.scope for row in session.scalars(select(ProgressMark))}
