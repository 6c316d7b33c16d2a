"""Councils, bodies, speakers and experts invited to the meetings of the demonstration, and their answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.demonstration.content import at, load, translated
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.invitations.services import invitations
from cocreation.languages.i18n import DEFAULT
from cocreation.meetings.models.meeting import Meeting


def invite(meeting: Meeting, today: date, *, by: int, proposer: int) -> None:
    """Make the invitations, send those that are ready, and let those who answered answer."""
    said = load("invitations").get(meeting.reference)
    if said is None:
        return
    now, states = at(today + timedelta(days=said["at"]), 10), {}
    councils = {code: (state, note) for code, state, note in said["councils"]}
    invitations.invite_listed(meeting.id, list(councils), by=by, now=now)
    session.flush()
    for row in session.scalars(_of(meeting)):
        state, note = councils[f"{row.kind.value} {row.listed_as}"]
        states[row.id] = InvitationState(state), note, said.get("delegate")
        if state != "ready":  # one without an address is to be printed
            _give_address(meeting, row, by, now)
    guests = said.get("guests", [])
    for guest in guests:
        if guest["state"] != "ready":
            row = _propose(meeting, guest, by, proposer, now)
            states[row.id] = InvitationState(guest["state"]), "", guest.get("delegate")
    invitations.send(meeting.id, by=by, now=now + timedelta(days=1))
    for guest in guests:
        if guest["state"] == "ready":  # validated too late to be sent with the others
            _propose(meeting, guest, by, proposer, now + timedelta(days=2))
    _answer(meeting, states, now + timedelta(days=2))


def _propose(
    meeting: Meeting, guest: dict[str, Any], by: int, proposer: int, now: datetime
) -> MeetingInvitation:
    """The coordinating association proposes a speaker or an expert, whom the secretariat validates or not."""
    wanted = InvitationState(guest["state"])
    who = proposer if Invited(guest["kind"]).is_proposed else by
    invitation = invitations.invite(meeting.id, _guest(meeting, guest), validated=False, by=who, now=now)
    if wanted is InvitationState.REFUSED:
        invitations.refuse(meeting.id, invitation.id, guest["reason"], by=by, now=now + timedelta(hours=4))
    elif invitation.state is InvitationState.PROPOSED and wanted is not InvitationState.PROPOSED:
        invitations.validate(meeting.id, invitation.id, by=by, now=now + timedelta(hours=3))
    return invitation


def _give_address(meeting: Meeting, row: MeetingInvitation, by: int, now: datetime) -> None:
    mail = f"{row.kind.value}.{row.listed_as}@demo.example"
    guest = invitations.Guest(row.kind, row.name, mail, DEFAULT.code)
    invitations.change(meeting.id, row.id, guest, by=by, now=now)


def _guest(meeting: Meeting, said: dict[str, Any]) -> invitations.Guest:
    email = f"{meeting.reference.lower()}.{said['kind']}.{said['state']}@demo.example"
    return invitations.Guest(
        Invited(said["kind"]), translated(said), email, said.get("language", DEFAULT.code), said.get("role")
    )


def _answer(
    meeting: Meeting, states: dict[int, tuple[InvitationState, str, str | None]], now: datetime
) -> None:
    for row in session.scalars(_of(meeting)).all():
        state, note, delegate = states.get(row.id, (InvitationState.READY, "", None))
        if state not in invitations.ANSWERS:
            continue
        instead: dict[str, str | None] = {}
        if state is InvitationState.DELEGATED:
            instead = {"delegate": delegate, "delegate_email": f"delegate.{row.id}@demo.example"}
        invitations.answer(row.receipt, state, note=note or None, **instead, now=now)


def _of(meeting: Meeting) -> Any:
    invited = select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
    return invited.order_by(MeetingInvitation.id)
