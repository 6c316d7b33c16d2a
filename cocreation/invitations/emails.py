"""The mails to those invited to a meeting, to who comes instead, and to who proposed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cocreation.accounts.models import Person
from cocreation.core import outbox, secrets
from cocreation.core.mail_kinds import Urgency
from cocreation.invitations.models import MeetingInvitation
from cocreation.languages.i18n import WHOLE, lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail, facts, sample_name
from cocreation.meetings.models.meeting import Meeting


def _sample() -> dict[str, object]:
    name = sample_name()
    return {"invited": dict.fromkeys(WHOLE, name), "delegate": name, "kind": "speaker", "role": ""}


INVITED = MeetingMail(
    "meetings/invited",
    folder="invitations/invited",
    title=_l("invitation"),
    urgency=Urgency.MAILING,
    sample=_sample,
)
INVITED_AGAIN = MeetingMail(
    "meetings/invited_again",
    folder="invitations/invited_again",
    title=_l("reminder of an invitation"),
    urgency=Urgency.MAILING,
    sample=_sample,
)
DELEGATED = MeetingMail(
    "meetings/delegated",
    folder="invitations/delegated",
    title=_l("to somebody who comes instead"),
    sample=_sample,
)
UNDELEGATED = MeetingMail(
    "meetings/undelegated",
    folder="invitations/undelegated",
    title=_l("to somebody who no longer comes instead"),
    sample=_sample,
)
INVITED_CHANGED = MeetingMail(
    "meetings/invited_changed",
    folder="invitations/invited_changed",
    title=_l("to those invited, another time or place"),
    sample=_sample,
)
INVITED_CALLED_OFF = MeetingMail(
    "meetings/invited_called_off",
    folder="invitations/invited_called_off",
    title=_l("to those invited, meeting called off"),
    sample=_sample,
)
PROPOSAL_VALIDATED = MeetingMail(
    "meetings/proposal_validated",
    folder="invitations/proposal_validated",
    title=_l("to who proposed a speaker or expert, validated"),
    sample=_sample,
)
PROPOSAL_REFUSED = MeetingMail(
    "meetings/proposal_refused",
    folder="invitations/proposal_refused",
    title=_l("to who proposed a speaker or expert, not validated"),
    sample=_sample,
)

# In the order in which somebody may meet them.
MAILS = (
    INVITED,
    INVITED_AGAIN,
    DELEGATED,
    UNDELEGATED,
    INVITED_CHANGED,
    INVITED_CALLED_OFF,
    PROPOSAL_VALIDATED,
    PROPOSAL_REFUSED,
)


def invite_all(rows: Sequence[MeetingInvitation], meeting: Meeting, kind: MeetingMail, *, day: str) -> int:
    """Invite many at once, or remind them (INVITED_AGAIN), once for each and each `day`; how many mails."""
    return outbox.post_all(
        kind,
        [
            {
                "to": row.email,
                "language": row.language,
                "key": f"{kind.name}:{row.id}:{day}",
                "context": _invitation(row, meeting),
            }
            for row in rows
        ],
    )


def tell_delegates(
    row: MeetingInvitation, meeting: Meeting, name: str | None, address: str | None, *, now: datetime
) -> None:
    """Tell the person who comes instead of somebody invited, and the one of before (`name`, `address`) that
    they no longer do.
    """
    for kind, whom, to in ((UNDELEGATED, name, address), (DELEGATED, row.delegate, row.delegate_email)):
        if to:
            outbox.post(
                kind,
                to=to,
                key=f"{kind.name}:{row.id}:{secrets.digest(to)[:16]}:{now.isoformat()}",
                language=row.language,
                **{**_invitation(row, meeting), "receipt": "", "delegate": whom},
            )


def tell_invited(
    rows: Sequence[MeetingInvitation], meeting: Meeting, kind: MeetingMail, *, now: datetime
) -> int:
    """Tell those invited, and who comes instead, of another time or place (INVITED_CHANGED) or that nothing
    takes place (INVITED_CALLED_OFF). The link is with whom it was sent to.
    """
    mails = []
    for row in rows:
        context = _invitation(row, meeting)
        instead = {**context, "receipt": "", "delegate": row.delegate}
        for address, whom, said in (
            (row.email, "invited", context),
            (row.delegate_email, "delegate", instead),
        ):
            key = f"{kind.name}:{row.id}:{whom}:{now.isoformat()}"
            if address:
                way = {"to": address, "language": row.language, "key": key}
                mails.append({**way, "context": said})
    return outbox.post_all(kind, mails)


def tell_proposer(
    proposer: Person, row: MeetingInvitation, meeting: Meeting, kind: MeetingMail, *, now: datetime
) -> None:
    """Tell who proposed a speaker or an expert that the secretariat validated it, or why it did not."""
    outbox.post(
        kind,
        to=proposer.email,
        key=f"{kind.name}:{row.id}:{now.isoformat()}",
        language=proposer.language,
        **{**_invitation(row, meeting), "receipt": "", "name": proposer.name, "reason": row.refusal or ""},
    )


def _invitation(row: MeetingInvitation, meeting: Meeting) -> dict[str, object]:
    return {
        **facts(meeting),
        "invited": row.name,
        "kind": row.kind.value,
        "role": row.role or "",
        "receipt": row.receipt,
    }
