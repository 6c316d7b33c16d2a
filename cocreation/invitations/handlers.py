"""What this room does when something happens to a meeting: those invited are told."""

from __future__ import annotations

from cocreation.core.events import Handler
from cocreation.invitations import emails
from cocreation.invitations.services import invitations
from cocreation.meetings.events import MeetingCalledOff, MeetingChanged


def tell_of_change(fact: MeetingChanged) -> None:
    if fact.is_public and fact.has_moved:
        invitations.tell_invited(fact.meeting, emails.INVITED_CHANGED, now=fact.now)
        fact.guests += invitations.unwritten(fact.meeting)


def tell_of_end(fact: MeetingCalledOff) -> None:
    invitations.tell_invited(fact.meeting, emails.INVITED_CALLED_OFF, now=fact.now)
    fact.guests += invitations.unwritten(fact.meeting)


HANDLERS: tuple[Handler, ...] = (
    (MeetingChanged, tell_of_change),
    (MeetingCalledOff, tell_of_end),
)
