"""A meeting of the demonstration, lived through from its announcement to today, or to its thanks."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import selectinload

from cocreation.demonstration import (
    arrivals,
    invitations,
    outreach,
    preparation,
    programmes,
    registrations,
    travel_support,
)
from cocreation.demonstration.content import at, load
from cocreation.demonstration.outputs import write_outputs
from cocreation.demonstration.people import Crowd
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services.locks import lock_meeting

OUTPUTS = {"OR1": "outputs", "FM1": "outputs_fes"}


def day_of(reference: str, today: date) -> date:
    """The day of a meeting; one of the past cycle has its own date for `today`."""
    return today + timedelta(days=load("cycles")["meetings"][reference].get("day", 0))


def meet(stage: DemonstrationStage, meeting: Meeting, today: date) -> Meeting:
    """Everything that happened around an announced meeting by the morning of `today`."""
    said, by = load("cycles")["meetings"][meeting.reference], stage.secretariat.id
    day = day_of(meeting.reference, today)
    eve = at(today - timedelta(days=1), 18)
    last = (
        at(today + timedelta(days=said["until"]), 18) if "until" in said else meeting.registration_closes_at
    )
    crowd = preparation.prepare(meeting, today, by=by, now=meeting.registration_opens_at)
    travel_support.offer(meeting, today, by=by)
    invitations.invite(meeting, today, by=by, proposer=stage.people["coordinator@demo.example"].id)
    outreach.log(meeting, today, by=by)
    registrations.send_delegations(crowd, today)
    registrations.register(crowd, said["registered"], last)
    registrations.enter(crowd, by=by, now=last)
    registrations.move(meeting, today, by=by)
    travel_support.ask_and_decide(meeting, today, by=by)
    if day > today:
        registrations.note_internally(crowd, by=by, now=eve)
        registrations.allocate(crowd, by=by, now=eve)
        programmes.tick_until(meeting, today - timedelta(days=1), by=by)
        return lock_meeting(meeting.id, selectinload(Meeting.workshops))
    outreach.remind(meeting, day)
    if meeting.reference in OUTPUTS:
        _finish(stage, crowd, day)
    else:
        programmes.tick_until(meeting, today - timedelta(days=1), by=by)
        arrivals.open_doors(meeting, day, by=by)
    return lock_meeting(meeting.id, selectinload(Meeting.workshops))


def _finish(stage: DemonstrationStage, crowd: Crowd, day: date) -> None:
    """The day of a meeting that is over, and the four days after it."""
    meeting, by = crowd.meeting, stage.secretariat
    registered = load("cycles")["meetings"][meeting.reference]["registered"]
    arrivals.hold(crowd, day, registered, by=by.id)
    rooms = lock_meeting(meeting.id, selectinload(Meeting.workshops)).workshops
    for workshop, said in zip(rooms, load(OUTPUTS[meeting.reference])["workshops"], strict=True):
        write_outputs(workshop, said, day, by=by)
    outreach.thank(meeting, day + timedelta(days=4), by=by.id)
    programmes.tick_until(meeting, day + timedelta(days=4), by=by.id)
