"""The mails to an association that registered several people, and to whom it withdrew."""

from __future__ import annotations

from cocreation.core import outbox
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail, facts, sample_association, sample_name
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Delegation


def _sample() -> dict[str, object]:
    return {"contact": sample_name(), "association": sample_association(), "people": 3}


DELEGATION = MeetingMail(
    "meetings/delegation",
    folder="delegations/delegation",
    title=_l("to an association that registered its people"),
    sample=_sample,
)

WITHDRAWN = MeetingMail(
    "meetings/withdrawn",
    folder="delegations/withdrawn",
    title=_l("to a delegate whom their association withdrew"),
    calendar=True,
    ends_a_place=True,
)

MAILS = (DELEGATION, WITHDRAWN)


def tell_association(delegation: Delegation, meeting: Meeting, people: int) -> None:
    """Send an association the address of its list."""
    outbox.post(
        DELEGATION,
        to=delegation.email,
        key=f"{DELEGATION.name}:{delegation.id}",
        language=delegation.language,
        people=people,
        receipt=delegation.receipt,
        **facts(meeting),
    )
