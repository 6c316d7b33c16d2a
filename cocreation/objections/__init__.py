"""Objections: a fate in an institution's name that is not what it answered can be objected to, once.

For focal points. It may import batches, fates and what stands below; batches asks through `batches.events`
before it publishes.
"""
