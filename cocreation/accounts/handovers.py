"""What waits for the administrators: people who were invited and could not come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Door, Duty, Invitation, Person
from cocreation.accounts.policy import holders
from cocreation.languages.i18n import lazy_gettext as _l


def _not_come_in(person: Person, now: datetime) -> WaitingRows:
    """Invited, without a password, and no link that still works."""
    last = func.max(Invitation.expires_at)
    lapsed = (
        select(Invitation.person_id, last.label("ended_at"))
        .where(Invitation.door == Door.PASSWORD)
        .group_by(Invitation.person_id)
        .having(last <= now)
        .subquery()
    )
    invited = waits(lapsed.c.ended_at).select_from(Person).join(lapsed, lapsed.c.person_id == Person.id)
    return invited.where(Person.password.is_(None), Person.disabled_at.is_(None))


NOT_COME_IN = WaitingKind(
    "accounts.not_come_in",
    holders(Duty.ADMINISTRATION),
    _l("People who were invited and whose link ended before they came in"),
    "manage_accounts.index",
    _not_come_in,
)

WAITING = (NOT_COME_IN,)
