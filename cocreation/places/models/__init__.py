"""Tables of this room.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.places.models.answers
import cocreation.places.models.confirmation
import cocreation.places.models.registration  # noqa: F401
