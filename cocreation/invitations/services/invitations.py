"""Inviting councils, consultative bodies, speakers and experts to a meeting, and what they answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from cocreation.accounts.models import Person
from cocreation.core import audit, secrets
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import AlreadyDone
from cocreation.directory.models import Commune, Institution, Province, Region
from cocreation.invitations import emails, refusals
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.invitations.services import guests
from cocreation.languages.i18n import DEFAULT
from cocreation.meetings import refusals as meetings_refusals
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import check_still_ahead

# Who can be picked from the directory, and by what it is known there.
LISTED: dict[Invited, InstrumentedAttribute[str]] = {
    Invited.REGION: Region.code,
    Invited.PROVINCE: Province.code,
    Invited.COMMUNE: Commune.code,
    Invited.BODY: Institution.slug,
}
ANSWERS = (InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.DELEGATED)
OUT = (InvitationState.SENT, *ANSWERS)


@dataclass(frozen=True)
class Guest:
    """Who is to be invited: a body or a person, with what they would do (`role`). `language` is a code."""

    kind: Invited
    name: Translated
    email: str | None
    language: str
    role: str | None = None


def invite_listed(meeting_id: int, chosen: Collection[str], *, by: int, now: datetime) -> int:
    """Make an invitation for each council or body of `chosen` ("province 02.411") that has none; how many.

    Raises NotFound, NoneChosen, CalledOff, AlreadyOver.
    """
    meeting = _locked(meeting_id, now)
    taken = select(MeetingInvitation.kind, MeetingInvitation.listed_as).where(
        MeetingInvitation.meeting_id == meeting_id, MeetingInvitation.listed_as.is_not(None)
    )
    invited = {f"{Invited(kind).value} {code}" for kind, code in session.execute(taken)}
    count = 0
    for kind, code in LISTED.items():
        names = f"{kind.value} "
        wanted = [listed.removeprefix(names) for listed in set(chosen) - invited if listed.startswith(names)]
        for body, listed_code in session.execute(
            select(code.class_, code).where(code.in_(wanted)).order_by(code)
        ):
            guest = Guest(kind, body.name, getattr(body, "email", None), DEFAULT.code)
            _add(meeting, guest, InvitationState.READY, by, now, listed_as=listed_code)
            count += 1
    if not count:
        raise refusals.NoneChosen
    audit.record("invitations made", meeting.reference, by=by, now=now, invitations=count)
    return count


def invite(meeting_id: int, guest: Guest, *, validated: bool, by: int, now: datetime) -> MeetingInvitation:
    """Make an invitation. A speaker or an expert is only proposed, unless `validated`: the secretariat's own.

    Raises NotFound, CalledOff, AlreadyOver.
    """
    meeting = _locked(meeting_id, now)
    proposed = guest.kind.is_proposed and not validated
    state = InvitationState.PROPOSED if proposed else InvitationState.READY
    row = _add(meeting, guest, state, by, now)
    if guest.kind.is_proposed and validated:
        row.validated_by, row.validated_at = by, now
    session.flush()
    audit.record("invitation proposed" if proposed else "invitation made", meeting.reference, by=by, now=now)
    return row


def change(meeting_id: int, invitation_id: int, guest: Guest, *, by: int, now: datetime) -> MeetingInvitation:
    """Change who is invited before it is sent; what was picked from the directory stays what it is.

    Raises NotFound, AnsweredAlready, CalledOff, AlreadyOver.
    """
    meeting, row = _row(meeting_id, invitation_id, now)
    if row.state in OUT:
        raise refusals.AnsweredAlready
    if row.listed_as is None:
        row.name, row.role = guest.name, guest.role
    row.email, row.language = guest.email, guest.language
    audit.record("invitation changed", meeting.reference, by=by, now=now)
    return row


def remove(meeting_id: int, invitation_id: int, *, by: int, now: datetime) -> None:
    """Take back an invitation that nobody has received. Raises NotFound, AnsweredAlready."""
    meeting, row = _row(meeting_id, invitation_id, now)
    if row.state in OUT:
        raise refusals.AnsweredAlready
    session.delete(row)
    audit.record("invitation removed", meeting.reference, by=by, now=now)


def validate(meeting_id: int, invitation_id: int, *, by: int, now: datetime) -> None:
    """Let a proposed speaker or expert be invited. Raises NotFound, AlreadyDone, CalledOff, AlreadyOver."""
    meeting, row = _row(meeting_id, invitation_id, now)
    if row.state not in (InvitationState.PROPOSED, InvitationState.REFUSED):
        raise AlreadyDone
    row.state, row.refusal = InvitationState.READY, None
    row.validated_by, row.validated_at = by, now
    _tell_proposer(row, meeting, emails.PROPOSAL_VALIDATED, by, now)
    audit.record("invitation validated", meeting.reference, by=by, now=now)


def refuse(meeting_id: int, invitation_id: int, reason: str, *, by: int, now: datetime) -> bool:
    """Do not let a proposed speaker or expert be invited, and say why; whether who proposed it is told.

    Raises NotFound, ReasonForProposer, AlreadyDone, CalledOff, AlreadyOver.
    """
    if not reason.strip():
        raise refusals.ReasonForProposer
    meeting, row = _row(meeting_id, invitation_id, now)
    if row.state != InvitationState.PROPOSED:
        raise AlreadyDone
    row.state, row.refusal = InvitationState.REFUSED, reason.strip()
    row.validated_by, row.validated_at = by, now
    told = _tell_proposer(row, meeting, emails.PROPOSAL_REFUSED, by, now)
    audit.record("invitation refused", meeting.reference, by=by, now=now)
    return told


def send(meeting_id: int, *, by: int, now: datetime) -> int:
    """Mail the invitations that are ready and have an address, each once; how many.

    Raises NotFound, NotAnnounced, NobodyToInvite, CalledOff, AlreadyOver.
    """
    meeting = _locked(meeting_id, now)
    if not meeting.is_announced:
        raise meetings_refusals.NotAnnounced
    ready = _with_address(meeting_id, InvitationState.READY)
    if not ready:
        raise refusals.NobodyToInvite
    for row in ready:
        row.state, row.sent_at = InvitationState.SENT, now
    emails.invite_all(ready, meeting, emails.INVITED, day="")
    audit.record("invitations sent", meeting.reference, by=by, now=now, sent=len(ready))
    return len(ready)


def hand_over(meeting_id: int, invitation_id: int, *, by: int, now: datetime) -> MeetingInvitation:
    """Say that a printed invitation is on its way.

    Raises NotFound, NotAnnounced, NotValidated, AlreadyDone, CalledOff, AlreadyOver.
    """
    meeting, row = _row(meeting_id, invitation_id, now)
    if not meeting.is_announced:
        raise meetings_refusals.NotAnnounced
    if row.state in OUT:
        raise AlreadyDone
    if row.state != InvitationState.READY:
        raise refusals.NotValidated
    row.state, row.sent_at = InvitationState.SENT, now
    audit.record("invitation handed over", meeting.reference, by=by, now=now)
    return row


def remind(meeting_id: int, *, by: int, now: datetime) -> int:
    """Remind those who have not answered, once a day; how many.

    Raises NotFound, NobodyInvitedToRemind, InvitedRemindedToday, CalledOff, AlreadyOver.
    """
    meeting = _locked(meeting_id, now)
    silent = _with_address(meeting_id, InvitationState.SENT)
    if not silent:
        raise refusals.NobodyInvitedToRemind
    told = emails.invite_all(silent, meeting, emails.INVITED_AGAIN, day=day_of(now).isoformat())
    if not told:
        raise refusals.InvitedRemindedToday
    audit.record("invited reminded", meeting.reference, by=by, now=now, told=told)
    return told


def answer(
    receipt: str,
    state: InvitationState,
    *,
    note: str | None = None,
    delegate: str | None = None,
    delegate_email: str | None = None,
    now: datetime,
) -> MeetingInvitation:
    """Accept, decline or send somebody else; it can be changed until the day before the meeting. Who is sent
    instead is told, and told again when that is so no longer.

    Raises NotFound, NotValidated, TooLateToAnswer, DelegateMissing, CalledOff, AlreadyOver.
    """
    found_by = found(session.scalar(select(MeetingInvitation).where(MeetingInvitation.receipt == receipt)))
    meeting = lock(Meeting, found_by.meeting_id)
    row = lock(MeetingInvitation, found_by.id)
    if row.state not in (*OUT, InvitationState.READY):  # printed, and not yet marked as handed over
        raise refusals.NotValidated
    check_still_ahead(meeting, now)
    if not can_answer(meeting, now):
        raise refusals.TooLateToAnswer
    delegated = state == InvitationState.DELEGATED
    if delegated and not (delegate and delegate_email):
        raise refusals.DelegateMissing
    row.state, row.answered_at, row.note = state, now, note or None
    before = (row.delegate, row.delegate_email)
    row.delegate = delegate if delegated else None
    row.delegate_email = delegate_email if delegated else None
    guests.follow(row, meeting, now=now)
    if row.delegate_email != before[1]:
        emails.tell_delegates(row, meeting, *before, now=now)
    return row


def tell_invited(meeting: Meeting, kind: MeetingMail, *, now: datetime) -> int:
    """Tell those still asked, those who come and who comes instead that a locked meeting has changed or is
    called off; how many mails.
    """
    return emails.tell_invited(_asked(meeting), meeting, kind, now=now)


def unwritten(meeting: Meeting) -> list[Translated]:
    """The names of those among them whom no mail reaches: they were invited on paper."""
    return [row.name for row in _asked(meeting) if not row.email and not row.delegate_email]


def _asked(meeting: Meeting) -> Sequence[MeetingInvitation]:
    """Those still asked, and those who said that they or somebody instead will come."""
    asked = (InvitationState.SENT, InvitationState.ACCEPTED, InvitationState.DELEGATED)
    rows = select(MeetingInvitation).where(
        MeetingInvitation.meeting_id == meeting.id, MeetingInvitation.state.in_(asked)
    )
    return session.scalars(rows.order_by(MeetingInvitation.id)).all()


def can_answer(meeting: Meeting, now: datetime) -> bool:
    """Until the day before the meeting, that day included."""
    return day_of(now) < day_of(meeting.starts_at)


def _add(
    meeting: Meeting, guest: Guest, state: InvitationState, by: int, now: datetime, **more: object
) -> MeetingInvitation:
    row = MeetingInvitation(
        meeting_id=meeting.id,
        kind=guest.kind,
        state=state,
        name=guest.name,
        role=guest.role,
        email=guest.email,
        language=guest.language,
        receipt=secrets.new_receipt(),
        proposed_by=by,
        proposed_at=now,
        **more,
    )
    session.add(row)
    return row


def _locked(meeting_id: int, now: datetime) -> Meeting:
    meeting = lock(Meeting, meeting_id)
    check_still_ahead(meeting, now)
    return meeting


def _row(meeting_id: int, invitation_id: int, now: datetime) -> tuple[Meeting, MeetingInvitation]:
    """An invitation of the locked meeting. Raises NotFound, CalledOff, AlreadyOver."""
    meeting = _locked(meeting_id, now)
    statement = select(MeetingInvitation).where(
        MeetingInvitation.id == invitation_id, MeetingInvitation.meeting_id == meeting_id
    )
    statement = statement.options(joinedload(MeetingInvitation.meeting))
    return meeting, found(session.scalar(statement.execution_options(populate_existing=True)))


def _tell_proposer(
    row: MeetingInvitation, meeting: Meeting, kind: MeetingMail, by: int, now: datetime
) -> bool:
    """Whether there is somebody to tell: who proposed it, unless they decide themselves or left the team."""
    proposer = session.get(Person, row.proposed_by) if row.proposed_by not in (None, by) else None
    if proposer is None or proposer.disabled_at is not None:
        return False
    emails.tell_proposer(proposer, row, meeting, kind, now=now)
    return True


def _with_address(meeting_id: int, state: InvitationState) -> list[MeetingInvitation]:
    rows = select(MeetingInvitation).where(
        MeetingInvitation.meeting_id == meeting_id,
        MeetingInvitation.state == state,
        MeetingInvitation.email.is_not(None),
    )
    ordered = rows.order_by(MeetingInvitation.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))
