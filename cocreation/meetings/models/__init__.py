"""Regional consultation meetings: the meeting, its programme and organisers, its photos.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.meetings.models.meeting
import cocreation.meetings.models.photos  # noqa: F401
