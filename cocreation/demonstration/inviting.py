"""Councils, bodies, speakers and experts invited to the meetings of the demonstration, and their answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.demonstration.content import at, load, translated
from cocreation.meetings.models import InvitationState, Invited, Meeting, MeetingInvitation
from cocreation.meetings.services import inviting


def invite(meeting: Meeting, today: date, *, by: int, proposer: int) -> None:
    """Make the invitations, send those that are ready, and let those who answered answer."""
    said = load("invitations").get(meeting.reference)
    if said is None:
        return
    now, states = at(today + timedelta(days=said["at"]), 10), {}
    councils = {code: (state, note) for code, state, note in said["councils"]}
    inviting.invite_councils(meeting.id, list(councils), by=by, now=now)
    session.flush()
    for row in session.scalars(_of(meeting)):
        state, note = councils[f"{row.kind.value} {row.territory}"]
        states[row.id] = InvitationState(state), note, said.get("delegate")
        if state != "ready":  # the last one is printed and handed over: it has no address
            _give_address(meeting, row, by, now)
    for guest in said.get("guests", []):
        wanted = InvitationState(guest["state"])
        ready = wanted not in (InvitationState.PROPOSED, InvitationState.REFUSED)
        who = proposer if Invited(guest["kind"]).is_proposed else by
        made = inviting.invite(meeting.id, _guest(meeting, guest), validated=False, by=who, now=now)
        if made.state is InvitationState.PROPOSED and ready:
            inviting.validate(meeting.id, made.id, by=by, now=now + timedelta(hours=3))
        elif wanted is InvitationState.REFUSED:
            inviting.refuse(meeting.id, made.id, guest["reason"], by=by, now=now + timedelta(hours=4))
        states[made.id] = wanted, "", guest.get("delegate")
    inviting.send(meeting.id, by=by, now=now + timedelta(days=1))
    _answer(meeting, states, now + timedelta(days=2))


def _give_address(meeting: Meeting, row: MeetingInvitation, by: int, now: datetime) -> None:
    mail = f"{row.kind.value}.{row.territory}@demo.example"
    guest = inviting.Guest(row.kind, row.name, mail, "ar")
    inviting.change(meeting.id, row.id, guest, by=by, now=now)


def _guest(meeting: Meeting, said: dict[str, Any]) -> inviting.Guest:
    """One that is only ready has no address: its letter is printed."""
    email = None if said["state"] == "ready" else f"{meeting.reference.lower()}.{said['kind']}@demo.example"
    return inviting.Guest(
        Invited(said["kind"]), translated(said), email, said.get("language", "ar"), said.get("role")
    )


def _answer(
    meeting: Meeting, states: dict[int, tuple[InvitationState, str, str | None]], now: datetime
) -> None:
    for row in session.scalars(_of(meeting)).all():
        state, note, delegate = states[row.id]
        if state not in inviting.ANSWERS:
            continue
        instead: dict[str, str | None] = {}
        if state is InvitationState.DELEGATED:
            instead = {"delegate": delegate, "delegate_email": f"delegate.{row.id}@demo.example"}
        inviting.answer(row.receipt, state, note=note or None, **instead, now=now)


def _of(meeting: Meeting) -> Any:
    here = select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting.id)
    return here.order_by(MeetingInvitation.id)
