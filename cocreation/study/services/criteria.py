"""The criteria of a cycle with their published weights, and what an idea comes to against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.reasons.models import Fate
from cocreation.study.models import Assessment, Criterion, Referral
from cocreation.study.refusals import (
    AssessmentMissing,
    CriteriaInUse,
    HasCriteria,
    SameCriterion,
    WeightOutOfRange,
)
from cocreation.text.markup import isolate_text
from cocreation.text.spelling import fold

BEST = 3
# What a score says, from 0 to BEST.
SCORES = (_l("not at all"), _l("in part"), _l("largely"), _l("fully"))
LONGEST_NOTE = 500  # characters
# Offered when a cycle has none: what such plans are usually studied against, each as heavy as the others.
USUAL = (
    Translated(ar="قابلية التنفيذ", fr="Faisabilité", en="Feasibility"),
    Translated(ar="السند القانوني", fr="Base juridique", en="Legal basis"),
    Translated(ar="الميزانية", fr="Budget", en="Budget"),
    Translated(ar="المدة الزمنية", fr="Délai", en="Time"),
    Translated(ar="الأثر", fr="Impact", en="Impact"),
)
USUAL_WEIGHT = 20


@dataclass(frozen=True)
class Score:
    """How an idea does on one criterion, 0 (not at all) to 3 (fully), and why; a note of None keeps the one
    there is.
    """

    points: int
    note: str | None = None


Scores = Mapping[int, Score]  # by the id of the criterion


def weighted_share(scored: Iterable[tuple[int, int]]) -> float:
    """What scores come to, from 0 to 1: Σ weight·score / Σ weight·3, of (weight, score) pairs."""
    pairs = list(scored)
    at_most = sum(weight * BEST for weight, _ in pairs)
    return sum(weight * score for weight, score in pairs) / at_most if at_most else 0.0


def share_of(assessments: Sequence[Assessment]) -> float | None:
    """The weighted share of a referral's assessments; None where there are none."""
    if not assessments:
        return None
    return weighted_share((assessment.criterion.weight, assessment.score) for assessment in assessments)


def published(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    """Assessments as everyone reads them with the answer, in the order of the criteria."""
    return [
        {
            "name": assessment.criterion.name,
            "weight": assessment.criterion.weight,
            "score": assessment.score,
            "note": assessment.note,
        }
        for assessment in sorted(
            assessments, key=lambda assessment: (assessment.criterion.position, assessment.criterion_id)
        )
    ]


def criteria_of(cycle_ids: Iterable[int], *, hold: bool = False) -> dict[int, list[Criterion]]:
    """The criteria of each cycle, in their order; held as they are until the transaction ends if asked."""
    grouped: dict[int, list[Criterion]] = {cycle_id: [] for cycle_id in cycle_ids}
    statement = select(Criterion).where(Criterion.cycle_id.in_(grouped))
    if hold:
        statement = statement.with_for_update(read=True).execution_options(populate_existing=True)
    for criterion in session.scalars(statement.order_by(Criterion.position, Criterion.id)):
        grouped[criterion.cycle_id].append(criterion)
    return grouped


def check_scores(fate: Fate, criteria: Sequence[Criterion], scores: Scores) -> None:
    """Raises AssessmentMissing unless each criterion has its score; what goes elsewhere needs none."""
    if fate is Fate.TRANSFERRED:
        return
    missing = [criterion for criterion in criteria if not _is_usable(scores.get(criterion.id))]
    if missing:
        language = i18n.current()
        names = " · ".join(
            isolate_text(criterion.name.best(language.code, language.falls_back)[0]) for criterion in missing
        )
        raise AssessmentMissing(criteria=names)


def assess(referral: Referral, criteria: Sequence[Criterion], scores: Scores) -> None:
    """Write the scores of an answer that was checked; one that goes elsewhere has none."""
    before = {assessment.criterion_id: assessment for assessment in referral.assessments}
    asked = () if referral.answer is Fate.TRANSFERRED else criteria
    wanted = {criterion.id: criterion for criterion in asked}
    for criterion_id, assessment in before.items():
        if criterion_id not in wanted:
            referral.assessments.remove(assessment)
    for criterion_id, criterion in wanted.items():
        score = scores[criterion_id]
        assessment = before.get(criterion_id) or Assessment(criterion_id=criterion_id, criterion=criterion)
        assessment.score = score.points
        assessment.note = assessment.note if score.note is None else score.note or None
        if criterion_id not in before:
            referral.assessments.append(assessment)


def _is_usable(score: Score | None) -> bool:
    return score is not None and 0 <= score.points <= BEST


def add_criterion(cycle_id: int, name: Translated, weight: int, *, by: int, now: datetime) -> Criterion:
    """A criterion after the others. Raises NotFound, CriteriaInUse, SameCriterion, WeightOutOfRange."""
    cycle, criteria = _changeable(cycle_id)
    _check(name, weight, criteria)
    last = max((criterion.position for criterion in criteria), default=0)
    criterion = Criterion(cycle_id=cycle_id, position=last + 1, name=name, weight=weight)
    session.add(criterion)
    session.flush()
    audit.record("criterion added", cycle.code, by=by, now=now, id=criterion.id, name=name, weight=weight)
    return criterion


def add_usual_criteria(cycle_id: int, *, by: int, now: datetime) -> list[Criterion]:
    """The usual criteria, for a cycle that has none. Raises NotFound, HasCriteria."""
    cycle, criteria = _changeable(cycle_id)
    if criteria:
        raise HasCriteria
    usual = [
        Criterion(cycle_id=cycle_id, position=position, name=name, weight=USUAL_WEIGHT)
        for position, name in enumerate(USUAL, 1)
    ]
    session.add_all(usual)
    audit.record("usual criteria added", cycle.code, by=by, now=now)
    return usual


def change_criterion(
    cycle_id: int, criterion_id: int, name: Translated, weight: int, *, by: int, now: datetime
) -> Criterion:
    """Another name or weight. Raises NotFound, CriteriaInUse, SameCriterion, WeightOutOfRange."""
    cycle, criteria = _changeable(cycle_id)
    criterion = _one(criteria, criterion_id)
    _check(name, weight, [other for other in criteria if other is not criterion])
    before = {"name": criterion.name, "weight": criterion.weight}
    criterion.name, criterion.weight = name, weight
    after = {"name": name, "weight": weight}
    audit.record("criterion changed", cycle.code, by=by, now=now, id=criterion_id, before=before, after=after)
    return criterion


def move_criterion(cycle_id: int, criterion_id: int, *, down: bool, by: int, now: datetime) -> None:
    """One place up or down; at the end of the list, nothing. Raises NotFound, CriteriaInUse."""
    cycle, criteria = _changeable(cycle_id)
    at = criteria.index(_one(criteria, criterion_id))
    to = at + 1 if down else at - 1
    if not 0 <= to < len(criteria):
        return
    criteria[at], criteria[to] = criteria[to], criteria[at]
    for position, criterion in enumerate(criteria, 1):
        criterion.position = position
    audit.record("criterion moved", cycle.code, by=by, now=now, id=criterion_id, place=to + 1)


def remove_criterion(cycle_id: int, criterion_id: int, *, by: int, now: datetime) -> None:
    """Raises NotFound, CriteriaInUse."""
    cycle, criteria = _changeable(cycle_id)
    criterion = _one(criteria, criterion_id)
    session.delete(criterion)
    audit.record("criterion removed", cycle.code, by=by, now=now, id=criterion_id, name=criterion.name)


def _changeable(cycle_id: int) -> tuple[Cycle, list[Criterion]]:
    """The cycle and its criteria, locked, as long as nobody was assessed against them."""
    cycle = lock(Cycle, cycle_id)
    statement = select(Criterion).where(Criterion.cycle_id == cycle_id).with_for_update()
    criteria = session.scalars(
        statement.order_by(Criterion.position, Criterion.id).execution_options(populate_existing=True)
    ).all()
    if are_in_use(cycle_id):
        raise CriteriaInUse
    return cycle, list(criteria)


def are_in_use(cycle_id: int) -> bool:
    """Whether an idea was assessed against the criteria of a cycle."""
    used = select(Assessment.criterion_id).join(Assessment.criterion).where(Criterion.cycle_id == cycle_id)
    return session.scalar(used.limit(1)) is not None


def _one(criteria: Sequence[Criterion], criterion_id: int) -> Criterion:
    found = next((criterion for criterion in criteria if criterion.id == criterion_id), None)
    if found is None:
        raise NotFound
    return found


def _check(name: Translated, weight: int, others: Sequence[Criterion]) -> None:
    if not 1 <= weight <= 100:
        raise WeightOutOfRange
    taken = {fold(word) for other in others for word in other.name.values()}
    if taken & {fold(word) for word in name.values()}:
        raise SameCriterion
