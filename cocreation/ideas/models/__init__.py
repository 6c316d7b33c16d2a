"""Ideas, their authors and their steps; and what gathers around them, a file for each matter."""

from cocreation.ideas.models.backing import Backing, Rhythm
from cocreation.ideas.models.dialogue import Appeal, Hearing, Question
from cocreation.ideas.models.idea import (
    REASONS,
    Author,
    AuthorKind,
    Fate,
    Idea,
    IdeaState,
    Origin,
    Reason,
    Step,
    StepKind,
)
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.models.sending import Attachment, Draft
from cocreation.ideas.models.tally import Tally

__all__ = [
    "REASONS",
    "Appeal",
    "Attachment",
    "Author",
    "AuthorKind",
    "Backing",
    "Draft",
    "Fate",
    "Hearing",
    "Idea",
    "IdeaState",
    "Kinship",
    "Lineage",
    "Origin",
    "Question",
    "Reason",
    "Rhythm",
    "Step",
    "StepKind",
    "Tally",
]
