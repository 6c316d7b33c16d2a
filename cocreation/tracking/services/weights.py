"""How much of a commitment each of its activities is: set by its lead, then frozen in the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core import audit, events
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, session
from cocreation.core.errors import Invalid
from cocreation.languages.i18n import format_number, lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.plan.models import Commitment
from cocreation.plan.refusals import WeightImpossible
from cocreation.plan.sheet import WHOLE
from cocreation.tracking.events import WeightsChanged
from cocreation.tracking.models import TrackedActivity, TrackedCommitment, TrackedPlan, WeightSetting
from cocreation.tracking.refusals import DroppedFromPlan
from cocreation.tracking.services.locks import held_commitment
from cocreation.tracking.services.marks import renew
from cocreation.tracking.services.plans import next_setting

WITH_CYCLE = joinedload(Commitment.cycle)


class ActivityUnknown(Invalid):
    sentence = _l("This commitment has no activity %(number)s.")


class WeightsIncomplete(Invalid):
    sentence = _l("Every activity needs a weight: activity %(number)s has none.")


class SumOfWeightsWrong(Invalid):
    sentence = _l("The weights add up to %(sum)s: they must add up to 100. Nothing was changed.")


class WeightsFrozen(Invalid):
    """Those who change them say why, to everyone."""

    sentence = _l(
        "These weights have been in the public register since they were due. Say why they change: everyone "
        "will read it."
    )


def set_weights(
    commitment_id: int, weights: Mapping[int, int], reason: Translated, *, by: int, now: datetime
) -> WeightSetting:
    """Set the weights of all activities of a commitment, by their numbers, in thousandths. Raises NotFound,
    DroppedFromPlan, ActivityUnknown, WeightsIncomplete, WeightImpossible, SumOfWeightsWrong, WeightsFrozen.
    """
    tracked = held_commitment(commitment_id)
    if tracked.is_dropped:
        raise DroppedFromPlan
    activities = {activity.number: activity for activity in tracked.activities if not activity.dropped_on}
    _check(weights, activities)
    plan = session.get_one(TrackedPlan, tracked.cycle_id)
    is_late = tracked.frozen_at is not None or day_of(now) > plan.weights_due_on
    if is_late and not any(reason.values()):
        raise WeightsFrozen
    setting = WeightSetting(
        commitment_id=commitment_id,
        number=next_setting(commitment_id),
        weights={str(number): weight for number, weight in sorted(weights.items())},
        is_former=_counts_formerly(tracked),
        reason=reason,
        set_by=by,
        set_at=now,
    )
    session.add(setting)
    _weigh(activities, weights, is_former=setting.is_former)
    renew(tracked, now=now)
    reference = _reference(tracked)
    audit.record("weights set", reference, by=by, now=now, weights=setting.weights)
    events.tell(WeightsChanged(setting))
    if is_late:
        _register(journal.Action.WEIGHTED, tracked, setting, now)
    return setting


def _weigh(activities: Mapping[int, TrackedActivity], weights: Mapping[int, int], *, is_former: bool) -> None:
    for number, activity in activities.items():
        activity.weight = weights[number]
        if is_former and activity.is_original:
            activity.former_weight = weights[number]


def freeze(commitment_id: int, now: datetime) -> int:
    """The weights of a commitment go into the register as they are; whether they did."""
    tracked = held_commitment(commitment_id)
    setting = last_setting(commitment_id)
    if tracked.frozen_at or setting is None:
        return 0
    tracked.frozen_at = now
    _register(journal.Action.FROZEN, tracked, setting, now)
    return 1


def to_freeze(now: datetime) -> Sequence[int]:
    """The commitments whose weights were to be set by yesterday and are not frozen yet."""
    due = (
        select(TrackedCommitment.commitment_id)
        .join(TrackedPlan, TrackedPlan.cycle_id == TrackedCommitment.cycle_id)
        .where(TrackedPlan.weights_due_on < day_of(now), TrackedCommitment.frozen_at.is_(None))
        .where(TrackedCommitment.commitment_id.in_(select(WeightSetting.commitment_id)))
        .order_by(TrackedCommitment.commitment_id)
    )
    return session.scalars(due).all()


def last_setting(commitment_id: int) -> WeightSetting | None:
    of_commitment = WeightSetting.commitment_id == commitment_id
    newest = select(WeightSetting).where(of_commitment).order_by(WeightSetting.number.desc()).limit(1)
    return session.scalar(newest)


def _check(weights: Mapping[int, int], activities: Mapping[int, TrackedActivity]) -> None:
    for number, weight in weights.items():
        if number not in activities:
            raise ActivityUnknown(number=number)
        if not 0 < weight <= WHOLE:
            raise WeightImpossible(number=number)
    if missing := sorted(set(activities) - set(weights)):
        raise WeightsIncomplete(number=missing[0])
    if (together := sum(weights.values())) != WHOLE:
        raise SumOfWeightsWrong(sum=format_number(together / 10))


def _counts_formerly(tracked: TrackedCommitment) -> bool:
    """Whether the activities are still those of the plan as it was first adopted."""
    last = last_setting(tracked.commitment_id)
    return tracked.is_original and (last is None or last.is_former)


def _register(
    action: journal.Action, tracked: TrackedCommitment, setting: WeightSetting, now: datetime
) -> None:
    """The register has the weights by number and their digest."""
    reference, weights = _reference(tracked), setting.weights
    journal.append(action, reference, now, number=setting.number, weights=weights, digest=digest(setting))


def digest(setting: WeightSetting) -> str:
    """The SHA-256 of the weights, as the register has it."""
    return journal.seal(setting.weights)


def _reference(tracked: TrackedCommitment) -> str:
    statement = select(Commitment).where(Commitment.id == tracked.commitment_id).options(WITH_CYCLE)
    return session.scalars(statement).one().reference
