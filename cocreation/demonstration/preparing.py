"""What a meeting of the demonstration asks those who register, and for whom it keeps places."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import selectinload

from cocreation.core.database import Translated, session
from cocreation.demonstration.content import load, translated
from cocreation.demonstration.people import Crowd
from cocreation.meetings.models.answering import Asks
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.models.registration import QuotaKind
from cocreation.meetings.services import asking, keeping
from cocreation.meetings.services.locking import lock_meeting


def prepare(meeting: Meeting, today: date, *, by: int, now: datetime) -> Crowd:
    """Its places kept for some and its questions; who registers is asked and counted accordingly."""
    said = load("preparing")
    kept = said["quotas"].get(meeting.reference, [])
    for row in kept:
        release_on = today + timedelta(days=row["release"])
        quota = keeping.Kept(QuotaKind(row["kind"]), row["places"], translated(row), release_on)
        keeping.keep_places(meeting.id, quota, by=by, now=now)
    rows = said["questions"].get(meeting.reference, [])
    asked = [asking.add_question(meeting.id, _asked(row), by=by, now=now) for row in rows]
    session.flush()
    return Crowd(
        meeting=meeting,
        kept=[QuotaKind(row["kind"]) for row in kept],
        questions=list(zip(asked, rows, strict=True)),
        workshops=[each.id for each in lock_meeting(meeting.id, selectinload(Meeting.workshops)).workshops],
    )


def _asked(row: dict[str, Any]) -> asking.Asked:
    options = zip(*row["options"], strict=True) if "options" in row else ()
    return asking.Asked(
        label=translated(row),
        asks=Asks(row["asks"]),
        options=Translated(
            {code: "\n".join(words) for code, words in zip(("ar", "fr", "en"), options, strict=False)}
        ),
        is_required=row.get("required", False),
        is_internal=row.get("internal", False),
    )
