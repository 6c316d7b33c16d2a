"""The acts of this room: sending, restating, withdrawing, forgetting who sent."""
