"""What happens in this room, told to the rooms above (`core.events`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.ideas.models.idea import Idea


@dataclass(frozen=True)
class IdeasToLink:
    """These ideas, locked, are about to become part of others, or to leave them again; who hears of a reason
    against it refuses.
    """

    ideas: Sequence[Idea]
