"""What the indicators of the adopted text are in a period."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.core.errors import Invalid, NotFound
from cocreation.documents.models import Section, SectionKind
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.tracking.models import IndicatorValue
from cocreation.tracking.refusals import DroppedFromPlan
from cocreation.tracking.services.locks import held_commitment, open_period


class ValueMissing(Invalid):
    sentence = _l("Say what the indicator is now.")


def measure(
    section_id: int, period_id: int, value: str, target: str, source: str, *, by: int, now: datetime
) -> IndicatorValue:
    """Note the value of an indicator in a period, and the target for it; a new revision where there is one.
    Raises NotFound, DroppedFromPlan, PeriodNotBegun, PeriodClosed, ValueMissing.
    """
    commitment_id = session.scalar(
        select(Commitment.id)
        .join(Section, Section.document_id == Commitment.document_id)
        .where(Section.id == section_id, Section.kind == SectionKind.INDICATOR)
    )
    if commitment_id is None:
        raise NotFound
    tracked = held_commitment(commitment_id)
    if tracked.is_dropped:
        raise DroppedFromPlan
    open_period(period_id, tracked.cycle_id, day_of(now))
    if not value.strip():
        raise ValueMissing
    noted = IndicatorValue.section_id == section_id, IndicatorValue.period_id == period_id
    newest = select(IndicatorValue).where(*noted, IndicatorValue.is_current)
    if last := session.scalar(newest.execution_options(populate_existing=True)):
        last.is_current = False
    row = IndicatorValue(
        commitment_id=commitment_id,
        section_id=section_id,
        period_id=period_id,
        revision=last.revision + 1 if last else 1,
        value=value.strip(),
        target=target.strip(),
        source=source.strip(),
        measured_by=by,
        measured_at=now,
    )
    session.add(row)
    session.flush()
    return row
