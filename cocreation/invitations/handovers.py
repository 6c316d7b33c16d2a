"""What waits of the invitations of a meeting, and who acts next on each."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.invitations.emails import DELEGATED, INVITED, PROPOSAL_REFUSED
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.handovers import RUNNERS, at_own_to_come
from cocreation.meetings.models.meeting import Meeting


def _to_validate(person: Person, now: datetime) -> WaitingRows:
    rows = waits(MeetingInvitation.proposed_at, about=Meeting.reference).join(MeetingInvitation.meeting)
    proposed = MeetingInvitation.state == InvitationState.PROPOSED
    return at_own_to_come(person, rows, now).where(proposed)


def _to_send(person: Person, now: datetime) -> WaitingRows:
    rows = waits(MeetingInvitation.proposed_at, about=Meeting.reference).join(MeetingInvitation.meeting)
    ready = MeetingInvitation.state == InvitationState.READY
    return at_own_to_come(person, rows, now).where(ready)


TO_VALIDATE = WaitingKind(
    "invitations.to_validate",
    SECRETARIAT,
    _l("Proposed speakers and experts to validate"),
    "manage_invitations.invitations",
    _to_validate,
    "reference",
)
TO_SEND = WaitingKind(
    "invitations.to_send",
    RUNNERS,
    _l("Invitations ready to be sent"),
    "manage_invitations.invitations",
    _to_send,
    "reference",
)

WAITING = (TO_VALIDATE, TO_SEND)
STATES = (
    NextActor(InvitationState.PROPOSED, waits=(TO_VALIDATE,)),
    NextActor(InvitationState.READY, waits=(TO_SEND,)),
    NextActor(InvitationState.SENT, told=(INVITED,)),
    NextActor(InvitationState.ACCEPTED, nobody="they come on the day"),
    NextActor(InvitationState.DECLINED, nobody="they do not come"),
    NextActor(InvitationState.DELEGATED, told=(DELEGATED,)),
    NextActor(InvitationState.REFUSED, told=(PROPOSAL_REFUSED,)),
)
