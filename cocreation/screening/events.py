"""What happens in this room, told to the rooms above (`core.events`)."""

from __future__ import annotations

from dataclasses import dataclass

from cocreation.ideas.models.idea import Idea


@dataclass(frozen=True)
class IdeaToReopen:
    """This idea, locked, is about to be read anew; who hears of a reason against it refuses."""

    idea: Idea
