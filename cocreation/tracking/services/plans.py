"""A plan is tracked from its adoption on, as it is amended; a review drops commitments and adds others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.adoption.models import Adoption
from cocreation.adoption.paper import AdoptedCommitment
from cocreation.adoption.queries import adopted_texts, adoptions
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document, Section, SectionKind
from cocreation.languages.i18n import DEFAULT
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import Activity
from cocreation.tracking.arithmetic import BANDS
from cocreation.tracking.models import (
    DeadlineChange,
    PlanRule,
    TrackedActivity,
    TrackedCommitment,
    TrackedPlan,
    WeightSetting,
)
from cocreation.tracking.refusals import DroppedFromPlan
from cocreation.tracking.services.locks import held_commitment, held_plan
from cocreation.tracking.services.marks import rebuild, renew, renew_all

DAYS_FOR_WEIGHTS = 30  # from the adoption until the weights are frozen
SOURCE = Translated(
    ar="تقدم الالتزام متوسط أنشطته حسب أوزانها، وتقدم المحور متوسط التزاماته، وتقدم الخطة متوسط محاورها",
    fr="Engagement : moyenne des activités selon leurs poids ; axe : des engagements ; plan : des axes",
    en="Commitment: the mean of its activities by their weights; axis: of its commitments; plan: of its axes",
)


def begin(cycle: Cycle, *, on: date, now: datetime) -> TrackedPlan:
    """Track the plan of a cycle from a day on as it was last adopted; of one that was adopted elsewhere, as
    its public versions say. Called again, what is tracked follows the plan as it was amended: new activities,
    words and ends come along, what is no longer in the text is dropped on that day.
    """
    adoption = next(iter(reversed(adoptions(cycle.code))), None)
    plan = session.get(TrackedPlan, cycle.id)
    is_first = plan is None
    if plan is None:
        due = on + timedelta(days=DAYS_FOR_WEIGHTS)
        method = {"rule": PlanRule.AXES, "bands": list(BANDS), "source": SOURCE}
        plan = TrackedPlan(cycle_id=cycle.id, began_on=on, weights_due_on=due, **method)
        session.add(plan)
        session.flush()
    held_plan(cycle.id)
    follow(cycle, _versions(cycle, adoption), adoption, is_first=is_first, on=on, now=now)
    return plan


def _versions(cycle: Cycle, adoption: Adoption | None) -> dict[int, int]:
    if adoption:
        return {text.document_id: text.version for text in adoption.texts}
    public = select(Document.id, Document.published).join(Commitment, Commitment.document_id == Document.id)
    rows = session.execute(public.where(Commitment.cycle_id == cycle.id, Document.published.is_not(None)))
    return {document: version for document, version in rows if version}


def follow(
    cycle: Cycle,
    versions: Mapping[int, int],
    adoption: Adoption | None,
    *,
    is_first: bool,
    on: date,
    now: datetime,
) -> None:
    """Bring what is tracked in line with these versions of the plan's documents."""
    texts = adopted_texts(cycle, versions, (SectionKind.TITLE, SectionKind.ACTIVITY)) if versions else []
    statement = select(TrackedCommitment).where(TrackedCommitment.cycle_id == cycle.id)
    loaded = statement.options(selectinload(TrackedCommitment.activities))
    rows = session.scalars(loaded.execution_options(populate_existing=True))
    tracked = {row.commitment_id: row for row in rows}
    sections = _sections(versions)
    amendment = _Amendment(adoption, on, now)
    for text in texts:
        row = tracked.get(text.commitment.id)
        is_new = row is None
        if row is None:
            row = TrackedCommitment(
                commitment_id=text.commitment.id,
                cycle_id=cycle.id,
                is_original=is_first,
                began_on=on,
                activities=[],
            )
            session.add(row)
        _follow_text(row, text, sections, amendment, is_new=is_new)
    if texts:
        renew_all([text.commitment.id for text in texts], now=now)


class _Amendment:
    """What was adopted, when, and why."""

    def __init__(self, adoption: Adoption | None, on: date, now: datetime) -> None:
        self.message = adoption.message if adoption else Translated()
        self.on, self.now = on, now


def _sections(versions: Mapping[int, int]) -> dict[tuple[int, str], int]:
    rows = session.execute(
        select(Section.document_id, Section.uid, Section.id).where(
            Section.document_id.in_(list(versions)), Section.kind == SectionKind.ACTIVITY
        )
    )
    return {(document, uid): key for document, uid, key in rows}


def _follow_text(
    row: TrackedCommitment,
    text: AdoptedCommitment,
    sections: Mapping[tuple[int, str], int],
    amendment: _Amendment,
    *,
    is_new: bool,
) -> None:
    stood = {activity.section_id: activity for activity in row.activities}
    said = {sections[text.document.id, part.uid]: part for part in text.sheet.activities}
    changed = set(said) != _sections_in_force(row)
    for key, part in said.items():
        if activity := stood.get(key):
            _amend(activity, part, amendment)
        else:
            row.activities.append(_new(row, key, part, amendment, is_original=row.is_original and is_new))
    _drop([activity for activity in row.activities if activity.section_id not in said], amendment.on)
    session.flush()
    if changed:
        _take_weights(row, _weights(said), amendment, is_former=row.is_original and is_new)


def _weights(said: Mapping[int, Activity]) -> dict[int, int | None]:
    return {key: part.weight for key, part in said.items()}


def _sections_in_force(row: TrackedCommitment) -> set[int]:
    return {activity.section_id for activity in row.activities if not activity.dropped_on}


def _drop(activities: Sequence[TrackedActivity], on: date) -> None:
    """What is no longer in the text is dropped; what was dropped before, on its own day."""
    for activity in activities:
        activity.dropped_on = activity.dropped_on or on


def _new(
    row: TrackedCommitment, section_id: int, part: Activity, amendment: _Amendment, *, is_original: bool
) -> TrackedActivity:
    """A number once given is never given again."""
    taken = {activity.number for activity in row.activities}
    return TrackedActivity(
        section_id=section_id,
        number=max(taken) + 1 if part.number in taken else part.number,
        title=part.title,
        responsible=part.responsible,
        deliverable=part.deliverable,
        starts_on=part.starts_on,
        ends_on=part.ends_on,
        due_on=part.ends_on,
        began_on=amendment.on,
        is_original=is_original,
    )


def _amend(activity: TrackedActivity, part: Activity, amendment: _Amendment) -> None:
    activity.title, activity.responsible = part.title, part.responsible
    activity.deliverable, activity.starts_on = part.deliverable, part.starts_on
    activity.dropped_on = None
    if part.ends_on and part.ends_on not in (activity.ends_on, activity.due_on, *_ends_adopted(activity)):
        reason, language = amendment.message.best(DEFAULT.code)
        session.add(
            DeadlineChange(
                activity_id=activity.id,
                before=activity.due_on,
                after=part.ends_on,
                reason=reason,
                language=language,
                moved_at=amendment.now,
            )
        )
        activity.due_on = part.ends_on


def _ends_adopted(activity: TrackedActivity) -> Sequence[date]:
    """The ends that earlier amendments gave an activity: its lead may have moved them since."""
    adopted = DeadlineChange.activity_id == activity.id, DeadlineChange.moved_by.is_(None)
    return session.scalars(select(DeadlineChange.after).where(*adopted)).all()


def _take_weights(
    row: TrackedCommitment, weights: Mapping[int, int | None], amendment: _Amendment, *, is_former: bool
) -> None:
    """The weights of the adopted text come with its activities."""
    given: dict[str, int] = {}
    for activity in row.activities:
        if (weight := weights.get(activity.section_id)) is None:
            continue
        activity.weight = given[str(activity.number)] = weight
        if is_former:
            activity.former_weight = weight
    if given:
        session.add(
            WeightSetting(
                commitment_id=row.commitment_id,
                number=next_setting(row.commitment_id),
                weights=given,
                is_former=is_former,
                reason=amendment.message if not is_former else Translated(),
                set_at=amendment.now,
            )
        )


def next_setting(commitment_id: int) -> int:
    """The number of the next setting of the weights of a commitment."""
    of_commitment = WeightSetting.commitment_id == commitment_id
    numbers = session.scalars(select(WeightSetting.number).where(of_commitment))
    return max(numbers, default=0) + 1


def drop_commitment(commitment_id: int, *, on: date, now: datetime) -> None:
    """A commitment is no part of the plan any more from a day on; it goes on counting in the figures on the
    plan as it was first adopted. Raises NotFound, DroppedFromPlan.
    """
    tracked = held_commitment(commitment_id)
    if tracked.is_dropped:
        raise DroppedFromPlan
    tracked.dropped_on = on
    if on == day_of(now):
        renew(tracked, now=now)
    else:
        rebuild(tracked.cycle_id)


def restore_commitment(commitment_id: int, *, now: datetime) -> None:
    """A commitment stays in the plan after all, as though it had never been dropped. Raises NotFound."""
    tracked = held_commitment(commitment_id)
    tracked.dropped_on = None
    rebuild(tracked.cycle_id)


def add_commitment(commitment_id: int, *, now: datetime) -> TrackedCommitment:
    """A commitment comes into a tracked plan, as its adopted or else its public version says. Raises
    NotFound, NotTracked.
    """
    commitment = session.get(Commitment, commitment_id)
    document = session.get(Document, commitment.document_id) if commitment else None
    if commitment is None or document is None or not (version := document.adopted or document.published):
        raise NotFound
    held_plan(commitment.cycle_id)
    cycle = session.get_one(Cycle, commitment.cycle_id)
    adoption = next(iter(reversed(adoptions(cycle.code))), None)
    follow(cycle, {document.id: version}, adoption, is_first=False, on=day_of(now), now=now)
    return session.get_one(TrackedCommitment, commitment_id)
