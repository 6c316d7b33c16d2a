"""The invitation to a coordination meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from cocreation.accounts.models import Person
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import outbox, secrets
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution
from cocreation.languages import i18n
from cocreation.meetings import calendar

INVITED = MailKind(
    "coordination/invited",
    sample=lambda: {
        "reference": "2026-1",
        "title": {"fr": "Réunion"},
        "institution": {"fr": "Ministère"},
        "place": {"fr": "Rabat"},
        "link": None,
        "starts_at": "2026-05-04T09:00:00+00:00",
    },
    calendar=True,
)

MAILS = (INVITED,)


def uninvited(people: Sequence[Person], meeting: CoordinationMeeting) -> list[Person]:
    """Those of `people` who have no mail yet that says when and where this meeting is now."""
    keys = {_key(person, meeting): person for person in people}
    told = set(session.scalars(select(Mail.key).where(Mail.key.in_(keys))))
    return [person for key, person in keys.items() if key not in told]


def _key(person: Person, meeting: CoordinationMeeting) -> str:
    version = secrets.digest(f"{meeting.starts_at} {meeting.ends_at} {meeting.place} {meeting.link}")
    return f"coordination/invited:{meeting.id}:{person.id}:{version}"


def invite(person: Person, meeting: CoordinationMeeting, institution: Institution, *, now: datetime) -> None:
    """One mail for each person and each version of when and where."""
    with i18n.speaking(person.language):
        where = calendar.translate(meeting.place)
        event = calendar.text(
            calendar.Happening(
                uid=meeting.reference,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                summary=calendar.translate(meeting.title),
                location=f"{where} – {meeting.link}" if meeting.link else where,
                revision=meeting.revision,
                revised_at=meeting.revised_at or meeting.created_at,
            ),
            now=now,
        )
    outbox.post(
        INVITED,
        to=person.email,
        language=person.language,
        key=_key(person, meeting),
        reference=meeting.reference,
        title=meeting.title,
        institution=institution.name,
        place=meeting.place,
        link=meeting.link,
        starts_at=meeting.starts_at.isoformat(),
        calendar=event,
    )
