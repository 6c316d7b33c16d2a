"""What the worker does for this room."""

from cocreation.core.chores import Chore

CHORES: tuple[Chore, ...] = ()
