"""What every mail about a meeting may say."""

from __future__ import annotations

from typing import Any

from cocreation.meetings.models.meeting import AttendanceMode, Meeting


def coming(meeting: Meeting, receipt: str) -> dict[str, object]:
    """What somebody who has a place needs in order to come: the way, the code for the door (`ticket`, drawn
    by `web.post`), the address of a remote part.
    """
    in_person = meeting.attendance != AttendanceMode.REMOTE
    return {
        "how_to_come": meeting.how_to_come if in_person else None,
        "ticket": receipt if in_person else None,
        "link": meeting.remote_link,
        "meals": meeting.meals if in_person else None,
    }


def facts(meeting: Meeting) -> dict[str, Any]:
    """What every mail may say of a meeting."""
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "city": meeting.city,
        "venue": meeting.venue,
        "starts_at": meeting.starts_at.isoformat(),
    }
