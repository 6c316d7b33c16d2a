"""Pages that read across rooms, a package each: the front door, an idea, coverage, desks, mails.

Serves visitors and the staff.
Imports every room but the demonstration; no room imports it.
"""
