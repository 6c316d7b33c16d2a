"""axe-core on the pages of a meeting that need somebody's request, invitation, question or list first."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.meetings.models.meeting import Quota
from cocreation.places.models.answers import MeetingQuestion
from cocreation.places.models.registration import Delegation, EntryChannel, Registration, RegistrationState
from cocreation.travel_support.models import TravelSupportRequest, TravelSupportState
from tests.browser.axe import AXE, BY_DAY_AND_NIGHT, found, of, staff
from tests.browsers import enter, phone, served
from tests.cast import sign_in
from tests.forms import fill, press

DESK = "/ar/manage/meetings/SM1"
RABAT = "04.421"
PUBLIC = [
    "meetings/SM1/support",
    "meetings/SM1/delegation",
    "meetings/SM1/delegation !",
    "delegations/{delegation}",
    "delegations/{delegation}/1/replace",
    "delegations/{delegation}/1/replace !",
    "delegations/{delegation}/1/address",
    "delegations/{delegation}/help",
    "delegations/{delegation}/help !",
    "registrations/{asked}",
    "registrations/{asked}/support",
    "registrations/{asked}/support/change",
    "registrations/{granted}",
    "registrations/{granted}/support",
    "registrations/{silent}",
    "registrations/{silent}/support",
    "registrations/{silent}/support !",
    "registrations/{silent}/change",
    "registrations/{silent}/erase",
    "registrations/{offered}",
    "invitations/{invitation}/meeting",
    "invitations/{invitation}/meeting !",
    "invitations/{accepted}/meeting",
]
SECRETARIAT = [
    f"manage/meetings/SM1/{page}"
    for page in (
        "support",
        "support?state=granted",
        "support/offer",
        "support/{asked_number}",
        "support/{granted_number}",
        "support/{together}",
        "invitations",
        "invitations?state=sent",
        "invitations/councils",
        f"invitations/councils?province={RABAT}",
        "invitations/new",
        "invitations/new !",
        "invitations/{proposed_number}",
        "invitations/{proposed_number}/refuse",
        "invitations/{sent_number}/print",
        "communication",
        "mails",
        "mails?in=en",
        "outreach",
        "kept-places",
        "kept-places/{quota}",
        "questions",
        "questions/new",
        "questions/new !",
        "questions/{question}",
        "participants/new",
        "participants/new !",
        "participants/{asked_number}",
        "participants/{guest_number}",
        "participants/{by_phone}/address",
        "checklist",
        "workshops",
        "moving-up",
        "door?q=ضيف",
        "attendance",
    )
]
# Who has asked for help at the meeting, and what they asked for.
ASKS = (Registration.meeting_id == 3, TravelSupportRequest.registration_id == Registration.id)
SAMPLES = {
    "delegation": of(Delegation.receipt, Delegation.email == "nour@example.org"),
    "by_phone": of(Registration.id, Registration.meeting_id == 3, Registration.entry == EntryChannel.PHONE),
    "together": of(TravelSupportRequest.registration_id, TravelSupportRequest.delegation_id.is_not(None)),
    "offered": of(Registration.receipt, Registration.state == RegistrationState.OFFERED),
    "invitation": of(
        MeetingInvitation.receipt,
        MeetingInvitation.meeting_id == 3,
        MeetingInvitation.state == InvitationState.SENT,
    ),
    "sent_number": of(
        MeetingInvitation.id,
        MeetingInvitation.meeting_id == 3,
        MeetingInvitation.state == InvitationState.SENT,
    ),
    "accepted": of(
        MeetingInvitation.receipt,
        MeetingInvitation.meeting_id == 3,
        MeetingInvitation.state == InvitationState.ACCEPTED,
    ),
    "proposed_number": of(
        MeetingInvitation.id,
        MeetingInvitation.meeting_id == 3,
        MeetingInvitation.state == InvitationState.READY,
    ),
    "asked_number": of(
        TravelSupportRequest.registration_id,
        TravelSupportRequest.meeting_id == 3,
        TravelSupportRequest.state == TravelSupportState.REQUESTED,
    ),
    "granted_number": of(
        TravelSupportRequest.registration_id,
        TravelSupportRequest.meeting_id == 3,
        TravelSupportRequest.state == TravelSupportState.GRANTED,
    ),
    "guest_number": of(
        Registration.id, Registration.meeting_id == 3, Registration.state == RegistrationState.INVITED
    ),
    "asked": of(Registration.receipt, *ASKS, TravelSupportRequest.state == TravelSupportState.REQUESTED),
    "granted": of(Registration.receipt, *ASKS, TravelSupportRequest.state == TravelSupportState.GRANTED),
    "silent": of(
        Registration.receipt,
        Registration.meeting_id == 3,
        Registration.state == RegistrationState.CONFIRMED,
        Registration.id.not_in(select(TravelSupportRequest.registration_id)),
    ),
    "quota": of(Quota.id, Quota.meeting_id == 3),
    "question": of(MeetingQuestion.id, MeetingQuestion.meeting_id == 3),
}

pytestmark = pytest.mark.parametrize("seeded_url", ["sqlite"], indirect=True)


@pytest.fixture
def samples(own_demonstration: Flask) -> dict[str, object]:
    """A meeting of the demonstration with something on each of its pages."""
    visitor, desk = own_demonstration.test_client(), own_demonstration.test_client()
    with desk.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = sign_in(staff("secretariat")), True
    guest = {"language": "ar", "name-ar": "ضيف", "name-fr": "Invité"}
    for at in "ab":
        done(desk, "/invitations/new", kind="body", email=f"{at}@example.org", **guest)
    assert press(desk, f"{DESK}/invitations", "/send").status_code == 302
    sent = session.scalars(of(MeetingInvitation.receipt, MeetingInvitation.email == "a@example.org")).first()
    session.remove()
    done(visitor, f"/ar/invitations/{sent}/meeting", answer="accepted")
    done(desk, "/invitations/new", kind="expert", email="e@example.org", role="مداخلة افتتاحية", **guest)
    done(desk, "/outreach", channel="press", audience="شباب الجهة", on=clock.today().isoformat())
    done(desk, "/questions/new", asks="text", **{"label-ar": "كيف علمتم باللقاء؟", "label-fr": "Comment ?"})
    done(
        visitor,
        "/ar/meetings/SM1/delegation",
        association="جمعية النور",
        contact="أحمد",
        email="nour@example.org",
        consent="y",
        name_0="سعاد",
        email_0="souad@example.org",
    )
    found = {name: session.scalar(statement.limit(1)) for name, statement in SAMPLES.items()}
    session.remove()
    assert None not in found.values(), found
    return found


def done(client, url: str, **fields: object) -> None:
    answer = fill(client, url if url.startswith("/ar/") else DESK + url, **fields)
    assert answer.status_code == 302, answer.text


@pytest.mark.parametrize(("lang", "colours"), BY_DAY_AND_NIGHT)
def test_pages_of_a_meeting_at_work(own_demonstration, samples, browser, lang, colours):
    with served(own_demonstration) as address, phone(browser, address, color_scheme=colours) as context:
        context.add_init_script(path=AXE)
        page = context.new_page()
        wrong = list(found(page, lang, PUBLIC, samples))
        enter(context, own_demonstration, staff("secretariat"))
        wrong += found(page, lang, SECRETARIAT, samples)
    assert not wrong, "\n".join(wrong)
