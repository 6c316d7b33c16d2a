"""Reads of who organises a meeting, its committee."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.core.database import Translated, session
from cocreation.meetings.models.meeting import CommitteeMember, Meeting, OrganiserKind


def named(meeting: Meeting) -> dict[str, list[Translated | str]]:
    """The names of those who organise it, by their kind: those added, the association that coordinates it
    first, the partners written in one line last. Needs all of them loaded.
    """
    names: dict[str, list[Translated | str]] = {kind.value: [] for kind in OrganiserKind}
    first = meeting.coordinating_association
    if first:
        names[OrganiserKind.ASSOCIATION].append(first.name)
    for organiser in meeting.organisers:
        association = organiser.association
        if association is None or association is not first:
            names[organiser.kind].append(association.name if association else organiser.name or "")
    if meeting.partners:
        names[OrganiserKind.PARTNER].append(meeting.partners)
    return names


def committee(meeting: Meeting) -> list[CommitteeMember]:
    """The organising committee, for those who run it."""
    members = select(CommitteeMember).where(CommitteeMember.meeting_id == meeting.id)
    return list(session.scalars(members.order_by(CommitteeMember.id)))
