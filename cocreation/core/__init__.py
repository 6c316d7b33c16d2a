"""What needs no request: database, clock, mail, events, languages, paging, settings.

It serves every room, the worker and the commands.
It imports nothing of the house.
"""
