"""The end of an activity is moved; the one before is never hidden."""

from __future__ import annotations

from datetime import date, datetime

from cocreation.core import events
from cocreation.core.database import session
from cocreation.core.errors import AlreadyDone, Invalid
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.tracking.events import DeadlineMoved
from cocreation.tracking.models import DeadlineChange
from cocreation.tracking.refusals import EndBeforeStart
from cocreation.tracking.services.locks import held_activity


class DeadlineWithoutReason(Invalid):
    sentence = _l("Say why the end is moved: everyone will read it.")


class DeadlineAsBefore(AlreadyDone):
    sentence = _l("This is the end that is in force already.")


def move_deadline(
    activity_id: int, due_on: date, reason: str, language: str, *, by: int, now: datetime
) -> DeadlineChange:
    """Raises NotFound, DroppedFromPlan, DeadlineWithoutReason, EndBeforeStart, DeadlineAsBefore."""
    activity = held_activity(activity_id)
    if not reason.strip():
        raise DeadlineWithoutReason
    if activity.starts_on and due_on < activity.starts_on:
        raise EndBeforeStart
    if due_on == activity.due_on:
        raise DeadlineAsBefore
    change = DeadlineChange(
        activity_id=activity.id,
        before=activity.due_on,
        after=due_on,
        reason=reason.strip(),
        language=language,
        moved_by=by,
        moved_at=now,
    )
    activity.due_on = due_on
    session.add(change)
    session.flush()
    events.tell(DeadlineMoved(change))
    return change
