"""Removing what others may stand on: a theme, an axis or a workshop, with what uses it."""
