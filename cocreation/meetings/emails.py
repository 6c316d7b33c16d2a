"""What every mail about a meeting may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import AttendanceMode, Meeting


@dataclass(frozen=True)
class MeetingMail(MailKind):
    """A mail about a meeting: its `title` in the list that its organisers read, and whether it `says_the_way`
    to somebody who has a place, or takes the meeting out of the calendar of somebody who had one.
    """

    title: Lazy = Lazy("")  # noqa: RUF009
    says_the_way: bool = False
    ends_a_place: bool = False

    @property
    def event(self) -> str:
        """What it tells of, as addresses and rounds of mails name it."""
        return self.name.removeprefix("meetings/")


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


def facts(meeting: Meeting) -> dict[str, object]:
    """What every mail may say of a meeting."""
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "city": meeting.city,
        "venue": meeting.venue,
        "starts_at": meeting.starts_at.isoformat(),
    }


def sample(meeting: Meeting) -> dict[str, object]:
    """What any mail of this meeting would say to somebody: the meeting’s own facts, the rest made up. Needs
    its workshops.
    """
    return {
        **facts(meeting),
        **coming(meeting, SAMPLE_RECEIPT),
        "name": sample_name(),
        "workshop": next((workshop.theme for workshop in meeting.workshops), None),
        "receipt": SAMPLE_RECEIPT,
        "token": SAMPLE_RECEIPT,
        "began_at": meeting.registration_opens_at.isoformat(),
        "until": (meeting.registration_opens_at + timedelta(hours=meeting.confirm_hours)).isoformat(),
        "answer_by": (meeting.starts_at - timedelta(days=2)).isoformat(),
        "reason": str(_l("the reason stands here")),
        "outputs": [{"number": workshop.number, "theme": workshop.theme} for workshop in meeting.workshops],
    }


def sample_association() -> str:
    """The name of no association."""
    return str(_l("Name of the association"))


def sample_name() -> str:
    """The name of nobody."""
    return str(_l("First name Last name"))
