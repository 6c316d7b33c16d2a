"""The invitation to a coordination meeting."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.models import Person
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import i18n, outbox, secrets
from cocreation.directory.models import Institution
from cocreation.meetings import calendar


def invite(person: Person, meeting: CoordinationMeeting, institution: Institution, *, now: datetime) -> None:
    """One mail for each person and each version of when and where."""
    with i18n.speaking(person.language):
        where = calendar.here(meeting.place)
        event = calendar.text(
            uid=meeting.reference,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            summary=calendar.here(meeting.title),
            location=f"{where} – {meeting.link}" if meeting.link else where,
            now=now,
        )
    version = secrets.digest(f"{meeting.starts_at} {meeting.ends_at} {meeting.place} {meeting.link}")
    outbox.post(
        to=person.email,
        language=person.language,
        template="coordination/invited",
        key=f"coordination/invited:{meeting.id}:{person.id}:{version}",
        reference=meeting.reference,
        title=meeting.title,
        institution=institution.name,
        place=meeting.place,
        link=meeting.link,
        starts_at=meeting.starts_at.isoformat(),
        calendar=event,
    )
