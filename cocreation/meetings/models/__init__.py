"""Regional consultation meetings: the meeting, its programme, who comes, who is invited and helped.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.invitations.models
import cocreation.meetings.models.meeting
import cocreation.meetings.models.photos
import cocreation.meetings.models.programme
import cocreation.places.models.answers
import cocreation.places.models.confirmation
import cocreation.places.models.registration
import cocreation.travel_support.models  # noqa: F401
