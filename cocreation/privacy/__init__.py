"""Everything kept of a person, found, given and erased, by what each room's keepers say.

Serves whoever asks for their data, and the staff that helps them.
Imports every room below the portal.
"""
