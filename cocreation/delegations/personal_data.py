"""What is kept of who registers several people for their association."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from cocreation.core import secrets
from cocreation.core.database import lock, session
from cocreation.core.personal_data import (
    NOBODY,
    Erasure,
    Export,
    Keeper,
    Subject,
    row_of,
)
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.personal_data import (
    KNOWN_FOR,
    LINKS,
    ORGANISERS,
    of_meetings_of_long_ago,
)
from cocreation.places.models.registration import Delegation


def find_delegations(subject: Subject) -> Sequence[int]:
    own = or_(func.lower(Delegation.email).in_(subject.emails), Delegation.receipt.in_(subject.receipts))
    return session.scalars(select(Delegation.id).where(own).order_by(Delegation.id)).all()


def export_delegations(keys: Sequence[int]) -> Export:
    rows = select(Delegation, Meeting.reference).join(Delegation.meeting).where(Delegation.id.in_(keys))
    return Export([{**row_of(row, but=LINKS), "meeting": ref} for row, ref in session.execute(rows)])


def erase_delegations(keys: Sequence[int], erasure: Erasure) -> None:
    """Forget who registered others; those others keep their places and their own receipts."""
    for key in sorted(keys):
        delegation = lock(Delegation, key)
        erasure.receipts.add(delegation.receipt)
        erasure.contacts_gone.add((delegation.association, delegation.meeting_id))
        _forget_contact(delegation)


def _forget_contact(delegation: Delegation) -> None:
    delegation.contact, delegation.email = NOBODY, ""
    delegation.receipt, delegation.once = secrets.new_receipt(), secrets.new_token()


def names_of_contacts(keys: Sequence[int]) -> Sequence[str | None]:
    return session.scalars(select(Delegation.contact).where(Delegation.id.in_(keys))).all()


def forget_contacts(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who registered others for it. How many. Commits."""
    kept = of_meetings_of_long_ago(Delegation, now).where(Delegation.email != "")
    delegations = session.scalars(kept).all()
    for delegation in delegations:
        _forget_contact(delegation)
    session.commit()
    return len(delegations)


KEEPERS = (
    Keeper(
        name="delegations",
        what=_l("The name and address of who registers several people for their association"),
        why=_l("To send the list of those registered, and to ask when something is unclear"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget contacts",
        columns={"delegations": ("contact", "email")},
        spared={"delegations.association": "the association’s name"},
        find=find_delegations,
        export=export_delegations,
        erase=erase_delegations,
        names=names_of_contacts,
        stays=_l("the association’s name, and the places of those it registered: they are theirs"),
    ),
)
