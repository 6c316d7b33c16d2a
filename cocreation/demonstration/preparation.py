"""What a meeting of the demonstration asks those who register, and for whom it keeps places."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import selectinload

from cocreation.core.database import Translated, session
from cocreation.demonstration.content import load, translated
from cocreation.demonstration.people import Crowd
from cocreation.meetings.models.meeting import Meeting, QuotaKind
from cocreation.meetings.services.locks import lock_meeting
from cocreation.participants.services import questions
from cocreation.places.models.answers import AnswerType
from cocreation.places.services import quotas


def prepare(meeting: Meeting, today: date, *, by: int, now: datetime) -> Crowd:
    """Its places kept for some and its questions; who registers is asked and counted accordingly."""
    said = load("preparing")
    kept = said["quotas"].get(meeting.reference, [])
    for row in kept:
        release_on = today + timedelta(days=row["release"])
        quota = quotas.KeptPlaces(QuotaKind(row["kind"]), row["places"], translated(row), release_on)
        quotas.keep_places(meeting.id, quota, by=by, now=now)
    rows = said["questions"].get(meeting.reference, [])
    asked = [questions.add_question(meeting.id, _asked(row), by=by, now=now) for row in rows]
    session.flush()
    return Crowd(
        meeting=meeting,
        kept=[QuotaKind(row["kind"]) for row in kept],
        questions=list(zip(asked, rows, strict=True)),
        workshops=[
            workshop.id for workshop in lock_meeting(meeting.id, selectinload(Meeting.workshops)).workshops
        ],
    )


def _asked(row: dict[str, Any]) -> questions.QuestionDetails:
    options = zip(*row["options"], strict=True) if "options" in row else ()
    return questions.QuestionDetails(
        label=translated(row),
        asks=AnswerType(row["asks"]),
        options=Translated(
            {code: "\n".join(words) for code, words in zip(("ar", "fr", "en"), options, strict=False)}
        ),
        is_required=row.get("required", False),
        is_internal=row.get("internal", False),
    )
