"""What waits of the coordination meetings, and who acts next at each stage."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.coordination.emails import INVITED
from cocreation.coordination.models import CoordinationMeeting, CoordinationStage
from cocreation.languages.i18n import lazy_gettext as _l


def _to_invite(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CoordinationMeeting.created_at, about=CoordinationMeeting.reference)
    uninvited = CoordinationMeeting.invited_at.is_(None), CoordinationMeeting.published_at.is_(None)
    return rows.where(*uninvited, CoordinationMeeting.starts_at > now)


def _to_minute(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CoordinationMeeting.starts_at, about=CoordinationMeeting.reference)
    return rows.where(CoordinationMeeting.published_at.is_(None), CoordinationMeeting.starts_at <= now)


TO_INVITE = WaitingKind(
    "coordination.to_invite",
    SECRETARIAT,
    _l("Coordination meetings to which nobody was invited yet"),
    "manage_coordination.show",
    _to_invite,
    "reference",
)
TO_MINUTE = WaitingKind(
    "coordination.to_minute",
    SECRETARIAT,
    _l("Coordination meetings that were held, without published minutes"),
    "manage_coordination.show",
    _to_minute,
    "reference",
)

WAITING = (TO_INVITE, TO_MINUTE)
STATES = (
    NextActor(CoordinationStage.PLANNED, waits=(TO_INVITE,), told=(INVITED,)),
    NextActor(CoordinationStage.HELD, waits=(TO_MINUTE,)),
    NextActor(CoordinationStage.PUBLISHED, nobody="everyone reads its minutes"),
)
