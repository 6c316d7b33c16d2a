"""The mails to those invited to a meeting, to who comes instead, and to who proposed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cocreation.accounts.models import Person
from cocreation.core import outbox, secrets
from cocreation.core.outbox import Urgency
from cocreation.invitations.models import MeetingInvitation
from cocreation.meetings.emails import facts
from cocreation.meetings.models.meeting import Meeting


def invite_all(rows: Sequence[MeetingInvitation], meeting: Meeting, event: str, *, day: str) -> int:
    """Invite many at once, or remind them (`invited_again`), once for each and each `day`; how many mails."""
    return outbox.post_all(
        [
            {
                "to": row.email,
                "language": row.language,
                "template": f"meetings/{event}",
                "key": f"meetings/{event}:{row.id}:{day}",
                "context": _invitation(row, meeting),
            }
            for row in rows
        ]
    )


def tell_delegates(
    row: MeetingInvitation, meeting: Meeting, name: str | None, address: str | None, *, now: datetime
) -> None:
    """Tell the person who comes instead of somebody invited, and the one of before (`name`, `address`) that
    they no longer do.
    """
    for event, whom, to in (("undelegated", name, address), ("delegated", row.delegate, row.delegate_email)):
        if to:
            outbox.post(
                to=to,
                template=f"meetings/{event}",
                key=f"meetings/{event}:{row.id}:{secrets.digest(to)[:16]}:{now.isoformat()}",
                language=row.language,
                **{**_invitation(row, meeting), "receipt": "", "delegate": whom},
            )


def tell_invited(rows: Sequence[MeetingInvitation], meeting: Meeting, event: str, *, now: datetime) -> int:
    """Tell those invited, and who comes instead, of another time or place (`invited_changed`) or that nothing
    takes place (`invited_called_off`). The link is with whom it was sent to.
    """
    mails = []
    for row in rows:
        context = _invitation(row, meeting)
        instead = {**context, "receipt": "", "delegate": row.delegate}
        for address, whom, said in (
            (row.email, "invited", context),
            (row.delegate_email, "delegate", instead),
        ):
            key = f"meetings/{event}:{row.id}:{whom}:{now.isoformat()}"
            if address:
                way = {"to": address, "language": row.language, "key": key}
                mails.append({**way, "template": f"meetings/{event}", "context": said})
    return outbox.post_all(mails, urgency=Urgency.NEWS)


def tell_proposer(
    proposer: Person, row: MeetingInvitation, meeting: Meeting, event: str, *, now: datetime
) -> None:
    """Tell who proposed a speaker or an expert that the secretariat validated it, or why it did not."""
    outbox.post(
        to=proposer.email,
        template=f"meetings/{event}",
        key=f"meetings/{event}:{row.id}:{now.isoformat()}",
        language=proposer.language,
        **{**_invitation(row, meeting), "receipt": "", "name": proposer.name, "reason": row.refusal or ""},
    )


def _invitation(row: MeetingInvitation, meeting: Meeting) -> dict[str, Any]:
    return {
        **facts(meeting),
        "invited": row.name,
        "kind": row.kind.value,
        "role": row.role or "",
        "receipt": row.receipt,
    }
