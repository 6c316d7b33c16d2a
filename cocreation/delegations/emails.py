"""The mails to an association that registered several people, and to whom it withdrew."""

from __future__ import annotations

from datetime import date, datetime

from cocreation.core import outbox
from cocreation.core.mail_kinds import Urgency
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.emails import MeetingMail, facts, sample_association, sample_name
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Delegation
from cocreation.travel_support.services.requests import Wanted


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

HELP_ASKED = MeetingMail(
    "meetings/delegation_help_asked",
    folder="delegations/help_asked",
    title=_l("to an association that asked for help for its people, request received"),
    urgency=Urgency.AWAITED,
    sample=lambda: {"people": 3, "nights": 1, "tickets": 2, "until": "2026-05-04"},
)

HELP_DECIDED = MeetingMail(
    "meetings/delegation_help_decided",
    folder="delegations/help_decided",
    title=_l("to an association that asked for help for its people, decided"),
    sample=lambda: {"granted": 2, "refused": 1},
)

MAILS = (DELEGATION, WITHDRAWN, HELP_ASKED, HELP_DECIDED)


def tell_association(delegation: Delegation, meeting: Meeting, people: int) -> None:
    """Send an association the address of its list."""
    _post(DELEGATION, delegation, meeting, people=people)


def tell_of_request(
    delegation: Delegation, meeting: Meeting, *, people: int, wanted: Wanted, until: date, now: datetime
) -> None:
    """Say what was asked for each of so many people, and until when it can be changed."""
    what = {"people": people, "nights": wanted.nights, "tickets": wanted.tickets, "until": until.isoformat()}
    _post(HELP_ASKED, delegation, meeting, now, **what)


def tell_of_decision(
    delegation: Delegation, meeting: Meeting, *, granted: int, refused: int, now: datetime
) -> None:
    """Say for how many of its people help was granted and for how many not, once for each act."""
    _post(HELP_DECIDED, delegation, meeting, now, granted=granted, refused=refused)


def _post(
    kind: MeetingMail,
    delegation: Delegation,
    meeting: Meeting,
    at: datetime | None = None,
    **context: object,
) -> None:
    """Nobody is written to for an association whose contact is forgotten."""
    if not delegation.email:
        return
    when = [at.isoformat()] if at else []
    outbox.post(
        kind,
        to=delegation.email,
        key=":".join([kind.name, str(delegation.id), *when]),
        language=delegation.language,
        receipt=delegation.receipt,
        **facts(meeting),
        **context,
    )
