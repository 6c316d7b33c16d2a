"""The acts of this room: rewording, the dialogue with the author, withdrawing, public steps, tallies."""
