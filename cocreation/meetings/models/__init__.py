"""Regional consultation meetings: the meeting, its programme, who comes, who is invited and helped.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.meetings.models.answering
import cocreation.meetings.models.confirming
import cocreation.meetings.models.inviting
import cocreation.meetings.models.media
import cocreation.meetings.models.meeting
import cocreation.meetings.models.programme
import cocreation.meetings.models.registration
import cocreation.meetings.models.support  # noqa: F401
