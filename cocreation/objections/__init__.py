"""Objections: a fate in an institution's name that is not what it answered can be objected to, once.

For focal points. It may import fates and what stands below; fates asks through `fates.events` before it
publishes.
"""
