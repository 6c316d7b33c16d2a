"""What needs no request: database, clock, mail, events, paging, settings.

It serves every room, the worker and the commands.
It may import languages.
"""
