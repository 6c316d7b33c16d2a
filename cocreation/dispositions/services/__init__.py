"""The acts of this room: screen, refer, answer, prepare and publish fates."""
