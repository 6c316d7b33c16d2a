"""The log of how people were told of a meeting, as a sheet to take along."""

from __future__ import annotations

from cocreation.files.dataset import Dataset, Field
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach.models import Outreach


def outreach_of(meeting: Meeting) -> Dataset[Outreach]:
    """The columns of the log of `meeting`."""
    return Dataset(
        f"{meeting.reference}-outreach",
        _l("Outreach"),
        (
            Field("meeting", _l("Meeting"), lambda _line: meeting.reference),
            Field("day", _l("Day"), lambda line: line.on.isoformat()),
            Field("channel", _l("Channel"), lambda line: line.channel.label),
            Field("audience", _l("Whom it was for"), lambda line: line.audience, wide=True),
            Field("reached", _l("People reached"), lambda line: line.reached),
            Field("proof", _l("Proof"), lambda line: line.proof, wide=True),
        ),
    )
