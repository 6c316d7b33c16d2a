"""Commitments on the agenda of a coordination meeting: put on, taken off, decided on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cocreation.coordination import queries
from cocreation.coordination.models import CoordinationMeeting, DraftDiscussed
from cocreation.coordination.services import DecisionIncomplete, held_meeting, open_meeting
from cocreation.core import audit
from cocreation.core.database import Translated, found
from cocreation.core.errors import Invalid
from cocreation.languages.i18n import lazy_gettext as _l


class NoCommitmentToAdd(Invalid):
    sentence = _l("Choose a commitment of this cycle that is not on the agenda yet. Nothing was added.")


def put_on(meeting_id: int, commitment_ids: Sequence[int], *, by: int, now: datetime) -> int:
    """Put commitments of the cycle on the agenda, all or none; how many.

    Raises NotFound, MinutesAlreadyPublished, NoCommitmentToAdd.
    """
    meeting = open_meeting(meeting_id)
    can_be = {commitment.id for commitment in queries.to_put_on(meeting)}
    chosen = list(dict.fromkeys(commitment_ids))
    if not chosen or not set(chosen) <= can_be:
        raise NoCommitmentToAdd
    last = max((item.position for item in meeting.commitments), default=0)
    for position, commitment_id in enumerate(chosen, last + 1):
        meeting.commitments.append(DraftDiscussed(commitment_id=commitment_id, position=position))
    audit.record("agenda changed", meeting.reference, by=by, now=now, commitments=len(chosen))
    return len(chosen)


def take_off(meeting_id: int, item_id: int, *, by: int, now: datetime) -> None:
    """Take a commitment off the agenda, with what was decided. Raises NotFound, MinutesAlreadyPublished."""
    meeting = open_meeting(meeting_id)
    meeting.commitments.remove(_item(meeting, item_id))
    audit.record("agenda changed", meeting.reference, by=by, now=now)


def decide(meeting_id: int, item_id: int, decision: Translated, *, by: int, now: datetime) -> DraftDiscussed:
    """Write down what the meeting decided on the draft of a commitment; public with the minutes.

    Raises NotFound, MinutesAlreadyPublished, NotHeldYet, DecisionIncomplete.
    """
    meeting = held_meeting(meeting_id, now)
    item = _item(meeting, item_id)
    if not decision:
        raise DecisionIncomplete
    item.decision = decision
    audit.record("draft decided on", meeting.reference, by=by, now=now, commitment=item.commitment.reference)
    return item


def _item(meeting: CoordinationMeeting, item_id: int) -> DraftDiscussed:
    return found(next((item for item in meeting.commitments if item.id == item_id), None))
