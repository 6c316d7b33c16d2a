"""Removing what others may stand on: a theme, an axis or a workshop, with what uses it.

For the secretariat and who prepares a meeting: what uses it is said with links, and can be moved to another.
It may import all rooms below portal.
"""
