"""Regional consultation meetings: the meeting, its programme, who comes, who is invited and helped.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.meetings.models.meeting
import cocreation.meetings.models.photos  # noqa: F401
