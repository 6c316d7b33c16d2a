"""Whose a receipt is: that of an idea, or of something else that has one."""

from __future__ import annotations

from sqlalchemy import literal, select, union_all

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.places.models.registration import Delegation, Registration, RegistrationState


def opens(receipt: str) -> str | None:
    """What a receipt opens: "idea", "registration", "delegation", "invitation" or nothing."""
    if not receipt:
        return None
    unsent = (InvitationState.PROPOSED, InvitationState.REFUSED)
    # Who comes by an invitation answers it by the invitation's own receipt, never by that of the door.
    registered = Registration.state != RegistrationState.INVITED
    kinds = (
        select(literal("idea")).where(Idea.receipt == receipt),
        select(literal("registration")).where(Registration.receipt == receipt, registered),
        select(literal("delegation")).where(Delegation.receipt == receipt),
        select(literal("invitation")).where(
            MeetingInvitation.receipt == receipt, MeetingInvitation.state.not_in(unsent)
        ),
    )
    return session.scalar(union_all(*kinds).limit(1))
