"""What the person leaves at meetings: registered, invited, organising, in a list."""

from __future__ import annotations

import io

from sqlalchemy import select

from cocreation.core import clock, secrets
from cocreation.core.database import Base, session
from cocreation.imports import services
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import CommitteeMember
from cocreation.places.models.answers import AnswerType
from cocreation.places.models.registration import Registration, RegistrationEvent
from cocreation.travel_support.models import TravelSupportEvent, TravelSupportProof, TravelSupportRequest
from tests.cast import Cast, T
from tests.forms import fill, press
from tests.meeting_day import link_for, offer_help
from tests.participants.test_questions import ask as ask_question
from tests.privacy.trace import NAME, PDF, TRACE, Pages, Ways, mark
from tests.travel_support.requests import ask as ask_for_help


def registered(cast: Cast, ways: Ways) -> Pages:
    """Registered with needs, a wish, an answer, an association; asked for help, with a proof."""
    client = cast.visitor()
    offer_help(cast)
    number = ask_question(cast, AnswerType.TEXT)
    first = str(cast.meeting.workshops[0].id)
    page = fill(
        client,
        "/en/meetings/OR1/register",
        name=NAME,
        email=ways.email,
        phone=ways.phone,
        association=f"Association {TRACE}",
        capacity="citizen",
        consent="y",
        workshop=first,
        access=["wheelchair"],
        note=f"note {TRACE}",
        **{f"question_{number}": f"answer {TRACE}"},
    ).location
    own = session.scalar(select(Registration.id).where(Registration.name == NAME))
    session.remove()
    if ways.email:
        fill(client, link_for(ways.email))
    else:
        press(cast.visitor(cast.karim), f"/en/manage/meetings/OR1/participants/{own}", "/called")
    help_asked = ask_for_help(
        client, f"{page}/support", sentence=f"far {TRACE}", proofs=[(io.BytesIO(PDF), f"{TRACE}.pdf")]
    )
    assert help_asked.status_code == 302, help_asked.text
    of_hers = (
        (Registration, Registration.id, ("name", "email", "phone")),
        *(
            (kind, kind.registration_id, ())
            for kind in (RegistrationEvent, TravelSupportRequest, TravelSupportEvent, TravelSupportProof)
        ),
    )
    for kind, key, but in of_hers:
        mark(kind.__table__, key == own, but)
    needs = Base.metadata.tables["needs"]
    mark(needs, needs.c.registration_id == own)
    return [page, f"{page}/data.json", f"{page}/erase", f"{page}/change", f"{page}/support"]


def registered_others(cast: Cast, ways: Ways) -> Pages:
    """For an association: two delegates, who are others."""
    typed = {"association": "جمعية النور", "contact": NAME, "email": ways.email, "consent": "y"}
    delegates = {"name_0": "Aya", "email_0": "aya@example.org", "name_1": "Badr", "email_1": "b@example.org"}
    return [fill(cast.visitor(), "/en/meetings/OR1/delegation", **typed, **delegates).location]


def invited(cast: Cast, ways: Ways) -> Pages:
    """A speaker who accepted, an expert who was not validated."""
    now = clock.now()
    for kind, state in ((Invited.SPEAKER, InvitationState.SENT), (Invited.EXPERT, InvitationState.REFUSED)):
        row = MeetingInvitation(
            meeting_id=cast.meeting.id,
            kind=kind,
            state=state,
            name=T(NAME, NAME),
            role=f"role {TRACE}",
            email=ways.email,
            language="fr",
            receipt=secrets.new_receipt(),
            proposed_at=now,
            refusal=f"refusal {TRACE}" if state == InvitationState.REFUSED else None,
        )
        session.add(row)
        session.commit()
        if state == InvitationState.SENT:
            page = f"/en/invitations/{row.receipt}/meeting"
    session.remove()
    fill(cast.visitor(), page, answer="accepted", note=f"note {TRACE}")
    return [page]


def stood_in(cast: Cast, ways: Ways) -> Pages:
    """Comes instead of the person a council had thought of."""
    row = MeetingInvitation(
        meeting_id=cast.meeting.id,
        kind=Invited.COMMUNE,
        state=InvitationState.SENT,
        name=T("جماعة", "Commune"),
        email="commune@example.org",
        language="fr",
        receipt=secrets.new_receipt(),
        proposed_at=clock.now(),
    )
    session.add(row)
    session.commit()
    page = f"/en/invitations/{row.receipt}/meeting"
    session.remove()
    who = {"delegate": NAME, "delegate_email": ways.email, "note": f"note {TRACE}"}
    assert fill(cast.visitor(), page, answer="delegated", **who).status_code == 302
    return []


def organised(cast: Cast, ways: Ways) -> Pages:
    contact = f"{ways.email.title()} / {ways.phone}".strip(" /")
    session.add(CommitteeMember(meeting_id=cast.meeting.id, name=NAME, task=f"task {TRACE}", contact=contact))
    session.commit()
    session.remove()
    return []


def being_imported(cast: Cast, ways: Ways) -> Pages:
    """In a list that somebody of the staff has checked and not imported."""
    listed = f"Nom,E-mail,Téléphone\n{TRACE} kept_sheets content,{ways.email},{ways.phone}\n".encode()
    services.keep(cast.karim.id, "meetings/OR1", f"{TRACE} kept_sheets name.csv", listed, now=clock.now())
    session.commit()
    session.remove()
    return []
