"""What is kept of speakers, experts and who comes for a council that is invited."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from cocreation.core.database import session
from cocreation.core.personal_data import (
    NOBODY,
    Erasure,
    Export,
    Keeper,
    Subject,
    mark_erased,
    rows_of,
)
from cocreation.invitations.models import Invited, MeetingInvitation
from cocreation.invitations.services import guests
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.personal_data import (
    KNOWN_FOR,
    LINKS,
    ORGANISERS,
    of_meetings_of_long_ago,
)
from cocreation.places.models.registration import Registration, RegistrationState

# Found as (id, whether it is the person invited; else who comes instead).
Guest = tuple[int, bool]


def find_invitations(subject: Subject) -> Sequence[Guest]:
    """Also by the receipt of the door, which is on the badge of who accepted."""
    door = select(Registration.once).where(
        Registration.receipt.in_(subject.receipts), Registration.state == RegistrationState.INVITED
    )
    numbers = [int(once.rpartition(" ")[2]) for once in session.scalars(door)] if subject.receipts else []
    invited = or_(
        func.lower(MeetingInvitation.email).in_(subject.emails),
        MeetingInvitation.receipt.in_(subject.receipts),
        and_(MeetingInvitation.id.in_(numbers), MeetingInvitation.delegate.is_(None)),
    )
    instead = or_(
        func.lower(MeetingInvitation.delegate_email).in_(subject.emails),
        and_(MeetingInvitation.id.in_(numbers), MeetingInvitation.delegate.is_not(None)),
    )
    found: list[Guest] = []
    for is_invited, condition in ((True, invited), (False, instead)):
        ids = select(MeetingInvitation.id).where(condition).order_by(MeetingInvitation.id)
        found += [(number, is_invited) for number in session.scalars(ids)]
    return found


def export_invitations(keys: Sequence[Guest]) -> Export:
    """What was written of the person; not of the other one, where two are named."""
    exported = Export()
    others = {True: ("delegate", "delegate_email"), False: ("email", "role", "receipt")}
    for number, is_invited in keys:
        rows = select(MeetingInvitation).where(MeetingInvitation.id == number)
        exported.rows += rows_of(rows, but=(*LINKS, *others[is_invited]))
    return exported


def erase_invitations(keys: Sequence[Guest], erasure: Erasure) -> None:
    for number, is_invited in keys:
        if is_invited:
            erasure.receipts.add(guests.forget_invited(number))
        else:
            guests.forget_delegate(number)


def names_invited(keys: Sequence[Guest]) -> list[str | None]:
    """Of people; a body that is invited is none."""
    names: list[str | None] = []
    for number, is_invited in keys:
        row = session.get_one(MeetingInvitation, number)
        if not is_invited:
            names.append(row.delegate)
        elif row.kind.is_proposed:
            names += row.name.values()
    return names


def _is_known() -> ColumnElement[bool]:
    """That an invitation still says how somebody is reached, or who a person is."""
    row = MeetingInvitation
    name = cast(row.name, Text)  # as JSON, in which a sign may be written by its number
    is_person = row.kind.in_([kind for kind in Invited if kind.is_proposed])
    is_named = ~name.contains(NOBODY) & ~name.contains(json.dumps(NOBODY)[1:-1], autoescape=True)
    comes = row.delegate.is_not(None) & (row.delegate != NOBODY)
    return or_(row.email.is_not(None), row.note.is_not(None), comes, is_person & is_named)


def forget_invited(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who was invited to it. How many. Commits."""
    kept = of_meetings_of_long_ago(MeetingInvitation, now).where(_is_known())
    invitations = session.scalars(kept).all()
    for invitation in invitations:
        if invitation.delegate:
            guests.forget_delegate(invitation.id)
        mark_erased([guests.forget_invited(invitation.id)], now=now)
    session.commit()
    return len(invitations)


KEEPERS = (
    Keeper(
        name="invited",
        what=_l("The name and address of speakers, experts and who comes for a council that is invited"),
        why=_l("To invite them, and to know at the door who comes"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget guests",
        columns={
            "meeting_invitations": (
                *("name", "role", "email", "note", "refusal"),
                *("delegate", "delegate_email"),
            )
        },
        spared={"meeting_invitations.listed_as": "a code of the directory"},
        find=find_invitations,
        export=export_invitations,
        erase=erase_invitations,
        names=names_invited,
        stays=_l("that a council or a body was invited, and what the programme says of who spoke"),
    ),
)
