"""An adopted plan that is carried out: two axes, three commitments, seven activities, three periods of which
the first has ended at the cast's `THEN`. Hicham leads the first commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from cocreation.adoption.models import AdoptedText, Adoption
from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle
from cocreation.documents.models import IndicatorType, Section
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments as written
from cocreation.plan.services.commitments import CommitmentWords, draft
from cocreation.plan.sheet import Activity, Indicator, texts
from cocreation.tracking.models import (
    Evidence,
    EvidenceKind,
    ProgressReport,
    ReportingPeriod,
    TrackedActivity,
    TrackedCommitment,
)
from cocreation.tracking.services import evidence, periods, plans, reports
from cocreation.tracking.services.periods import PeriodDates
from cocreation.tracking.services.reports import ReportWords
from tests.cast import THEN, Cast, T

BEGAN = date(2025, 9, 1)  # when the plan was adopted
WEIGHTS = ((500, 300, 200), (600, 400), (700, 300))  # of the activities of each commitment
PERIODS = (  # starts, ends, is due, closes
    (date(2025, 9, 1), date(2026, 2, 28), date(2026, 3, 15), date(2026, 4, 15)),
    (date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 15), date(2026, 10, 15)),
    (date(2026, 9, 1), date(2027, 2, 28), date(2027, 3, 15), date(2027, 4, 15)),
)
INDICATOR = Indicator(
    number=1,
    label=T("عدد المجموعات المنشورة", "Jeux publiés"),
    type=IndicatorType.TRACKING,
    unit=T("مجموعة", "jeu"),
    baseline="0",
    target="40",
    source=T("البوابة", "Le portail"),
    uid="indicator-1",
)


@dataclass
class TrackedScene:
    """Ids to play with: `activities[0][1]` is the second activity of the first commitment."""

    cycle: Cycle
    commitments: list[int]
    activities: list[list[int]]
    periods: list[int]
    indicator: int

    def report(
        self,
        cast: Cast,
        declared: int,
        commitment: int = 0,
        activity: int = 0,
        period: int = 0,
        *,
        now: datetime = THEN,
        stands_on: int = 0,
        **said: object,
    ) -> ProgressReport:
        """A report of the lead, committed."""
        words = ReportWords(declared, **{"actions": "Fait", "language": "fr", **said})
        key = self.activities[commitment][activity]
        row = reports.report(
            key, self.periods[period], words, by=cast.hicham.id, now=now, stands_on=stands_on
        )
        session.commit()
        return row

    def prove(
        self,
        cast: Cast,
        commitment: int = 0,
        activity: int = 0,
        period: int = 0,
        *,
        now: datetime = THEN,
        **given: object,
    ) -> Evidence:
        """A page on the web as evidence, committed."""
        row = Evidence(
            **{
                "activity_id": self.activities[commitment][activity],
                "period_id": self.periods[period],
                "kind": EvidenceKind.LINK,
                "title": "Le portail",
                "language": "fr",
                "url": "https://portal.example.org/",
                "added_by": cast.hicham.id,
                "added_at": now,
                **given,
            }
        )
        evidence.add(row, now=now)
        session.commit()
        return row


def tracked(cast: Cast, *, with_periods: bool = True) -> TrackedScene:
    """The plan of the cast as it is carried out, committed."""
    began_at = datetime.combine(BEGAN, THEN.timetz())
    cycle = session.get_one(Cycle, cast.cycle.id)
    services = Axis(cycle_id=cycle.id, position=2, name=T("الخدمات", "Les services publics"))
    session.add(services)
    session.flush()
    ids = [cast.commitment.id]
    for number, axis_id, institution_id in (
        (2, cast.axis.id, cast.ministry.id),
        (3, services.id, cast.finance.id),
    ):
        words = {name: T("كلمات", f"Mots {number}") for name in ("problem", "solution", "expected_result")}
        said = CommitmentWords(
            number=number,
            axis_id=axis_id,
            institution_id=institution_id,
            title=T(f"التزام {number}", f"Engagement {number}"),
            **words,
        )
        ids.append(draft(cycle.id, said, by=cast.salma.id, now=began_at).id)
    adopt(cast, cycle, ids, began_at)
    plans.begin(cycle, on=BEGAN, now=began_at)
    rows = [_period(cycle.id, place, cast) for place in range(3)] if with_periods else []
    session.commit()
    of_commitment = select(TrackedActivity.id, TrackedActivity.commitment_id).order_by(TrackedActivity.number)
    activities = session.execute(of_commitment).all()
    indicator = select(Section.id).where(Section.uid == INDICATOR.uid)
    return TrackedScene(
        cycle,
        ids,
        [[row.id for row in activities if row.commitment_id == key] for key in ids],
        [row.id for row in rows],
        session.scalars(indicator).one(),
    )


def adopt(cast: Cast, cycle: Cycle, ids: list[int], at: datetime, number: int = 1) -> None:
    """These commitments as adopted texts, with the activities of `WEIGHTS`."""
    adoption = Adoption(
        cycle_id=cycle.id,
        number=number,
        message=T("اعتمد", "Adopté"),
        digest="0" * 64,
        adopted_by=cast.salma.id,
        adopted_at=at,
    )
    for position, (key, weights) in enumerate(zip(ids, WEIGHTS, strict=True), 1):
        commitment = written.locked(key)
        activities = [an_activity(place, weight) for place, weight in enumerate(weights, 1)]
        said = [
            *texts(title=commitment.title, problem=commitment.problem, solution=commitment.solution),
            *texts(result=commitment.expected_result),
            *(activity.words(f"activity-{activity.number}") for activity in activities),
            *([INDICATOR.words(INDICATOR.uid)] if position == 1 else []),
        ]
        document = written.document_of(commitment, by=None, now=at)
        written.write(commitment, said, by=cast.salma.id, now=at)
        if document.has_draft:
            written.publish(key, by=cast.salma.id, now=at, is_adopted=True)
        document.adopted = document.latest
        adoption.texts.append(
            AdoptedText(document_id=document.id, version=document.latest, position=position)
        )
    session.add(adoption)
    session.flush()


def an_activity(number: int, weight: int) -> Activity:
    return Activity(
        number=number,
        title=T(f"نشاط {number}", f"Activité {number}"),
        responsible=T("المديرية", "La direction"),
        starts_on=date(2025, 10, 1),
        ends_on=date(2026, 12, 31),
        weight=weight,
        deliverable=T("تقرير", "Un rapport"),
    )


def _period(cycle_id: int, place: int, cast: Cast) -> ReportingPeriod:
    dates = PeriodDates(T(f"الفترة {place + 1}", f"Période {place + 1}"), *PERIODS[place])
    return periods.set_period(cycle_id, None, dates, by=cast.salma.id, now=THEN)


def tracked_commitment(scene: TrackedScene, place: int = 0) -> TrackedCommitment:
    return session.get_one(TrackedCommitment, scene.commitments[place])


def commitment(scene: TrackedScene, place: int = 0) -> Commitment:
    return session.get_one(Commitment, scene.commitments[place])
