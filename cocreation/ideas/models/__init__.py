"""Ideas, their authors and their steps; and what gathers around them, a file for each matter.

These tables name each other by a word, so whoever loads one of them loads them all.
"""

import cocreation.ideas.models.dialogue
import cocreation.ideas.models.idea
import cocreation.ideas.models.lineage
import cocreation.ideas.models.tally  # noqa: F401
