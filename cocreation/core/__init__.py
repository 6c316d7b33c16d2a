"""What knows no request and no room: database, clock, mails, texts, sheets, settings.

Serves every room.
Imports libraries alone.
"""
