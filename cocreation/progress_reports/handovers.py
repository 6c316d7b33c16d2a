"""What waits for the staff in this room, and who acts next."""

from cocreation.accounts.handover_kinds import NextActor, WaitingKind

WAITING: tuple[WaitingKind, ...] = ()
STATES: tuple[NextActor, ...] = ()
