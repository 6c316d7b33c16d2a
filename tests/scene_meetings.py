"""Of every kind of thing that a meeting has, one."""

from __future__ import annotations

from datetime import timedelta

from cocreation.core import secrets
from cocreation.core.database import Translated, session
from cocreation.demographics.models import Capacity
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem, Quota, QuotaKind, Room, Workshop
from cocreation.meetings.models.photos import Photo
from cocreation.outreach.models import Channel, Outreach
from cocreation.places.models.answers import AnswerType, MeetingQuestion
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import Delegation, EntryChannel, Registration, RegistrationState
from cocreation.preparation.models import Task, TaskKind
from cocreation.travel_support.models import (
    CriterionWeight,
    TravelSupportCriterion,
    TravelSupportOffer,
    TravelSupportProof,
    TravelSupportRequest,
    TravelSupportState,
)
from cocreation.workshops.models import LineKind, OutputLine
from tests.cast import THEN, Cast


def programmed(cast: Cast) -> tuple[OutputLine, ProgrammeItem, Room, Task, Photo]:
    """A line of its outputs, a point of its programme, a room, a task and a photo of the meeting."""
    meeting, first = cast.meeting, cast.meeting.workshops[0]
    line = OutputLine(workshop_id=first.id, kind=LineKind.SOLUTION, number=1, text="Publier", language="fr")
    item = ProgrammeItem(
        meeting_id=meeting.id,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=Translated(fr="Accueil"),
    )
    room = Room(meeting_id=meeting.id, name=Translated(fr="Salle"))
    task = Task(meeting_id=meeting.id, kind=TaskKind.OWN, title="Réserver", due_on=THEN.date())
    photo = Photo(
        meeting_id=meeting.id,
        position=1,
        name="salle.jpg",
        kind="image/webp",
        size=4,
        width=3,
        height=2,
        content=b"RIFF",
        small=b"RIFF",
        alt=Translated(ar="القاعة"),
        consent="Vides",
        added_at=THEN,
    )
    session.add_all([line, item, room, task, photo])
    session.flush()
    return line, item, room, task, photo


def registered(cast: Cast) -> tuple[MeetingQuestion, Quota, Delegation, Registration]:
    """A question and a quota of the meeting, a delegation with a delegate, somebody registered."""
    meeting = cast.meeting
    asked = MeetingQuestion(
        meeting_id=meeting.id, position=1, asks=AnswerType.TEXT, label=Translated(fr="Pourquoi ?")
    )
    kept = Quota(
        meeting_id=meeting.id,
        kind=QuotaKind.WOMEN,
        places=1,
        reason=Translated(fr="Trop peu"),
        release_on=THEN.date() + timedelta(days=5),
    )
    delegation = Delegation(
        meeting_id=meeting.id,
        association="Association",
        contact="Ali",
        email="ali@example.org",
        language="fr",
        receipt=secrets.new_receipt(),
        once="scene",
        created_at=THEN,
    )
    registration = Registration(
        meeting_id=meeting.id,
        receipt=secrets.new_receipt(),
        once="scene",
        state=RegistrationState.CONFIRMED,
        name="Nadia",
        folded="nadia",
        email="nadia@example.org",
        capacity=Capacity.CITIZEN,
        language="fr",
        registered_at=THEN,
        queued_at=THEN,
        confirmed_at=THEN,
        address_confirmed_at=THEN,
        confirmed_by=Confirmation.LINK,
    )
    delegate = Registration(
        meeting_id=meeting.id,
        delegation=delegation,
        receipt=secrets.new_receipt(),
        once="scene-0",
        state=RegistrationState.OFFERED,
        entry=EntryChannel.DELEGATION,
        name="Aya",
        folded="aya",
        email="aya@example.org",
        capacity=Capacity.ASSOCIATION,
        language="fr",
        registered_at=THEN,
        queued_at=THEN,
    )
    session.add_all([asked, kept, delegation, registration, delegate])
    session.flush()
    return asked, kept, delegation, registration


def another_meeting(cast: Cast) -> Meeting:
    """One that others hold something for."""
    other = Meeting(
        reference="FM1",
        cycle_id=cast.cycle.id,
        title=Translated(fr="Fès"),
        city=Translated(fr="Fès"),
        venue=Translated(fr="Fès"),
        starts_at=THEN + timedelta(days=30),
        ends_at=THEN + timedelta(days=31),
        registration_opens_at=THEN,
        registration_closes_at=THEN + timedelta(days=20),
        places=10,
        announced_at=THEN,
        workshops=[Workshop(number=1, theme=Translated(fr="Thème"))],
    )
    session.add(other)
    session.flush()
    return other


def helped_invited_and_told(
    cast: Cast, registration: Registration
) -> tuple[TravelSupportProof, MeetingInvitation, Outreach]:
    """Help that a meeting offers and somebody asks for, somebody invited, and a line of the outreach log."""
    meeting = cast.meeting
    session.add_all(
        [
            TravelSupportOffer(
                meeting_id=meeting.id,
                province_code="02.411",
                closes_on=THEN.date() + timedelta(days=9),
                nights=5,
                tickets=5,
            ),
            CriterionWeight(meeting_id=meeting.id, criterion=TravelSupportCriterion.DISTANCE, weight=10),
            TravelSupportRequest(
                registration_id=registration.id,
                meeting_id=meeting.id,
                province_code="02.251",
                sentence="De loin",
                nights=1,
                tickets=0,
                requested_at=THEN,
                state=TravelSupportState.REQUESTED,
            ),
        ]
    )
    session.flush()
    proof = TravelSupportProof(
        registration_id=registration.id,
        name="p.pdf",
        kind="application/pdf",
        size=4,
        content=b"%PDF",
        added_at=THEN,
    )
    guest = MeetingInvitation(
        meeting_id=meeting.id,
        kind=Invited.SPEAKER,
        state=InvitationState.READY,
        name=Translated(fr="Une experte"),
        language="fr",
        receipt=secrets.new_receipt(),
        proposed_at=THEN,
    )
    outreach = Outreach(
        meeting_id=meeting.id, channel=Channel.PRESS, audience="Tous", on=THEN.date(), noted_at=THEN
    )
    session.add_all([proof, guest, outreach])
    session.flush()
    return proof, guest, outreach
