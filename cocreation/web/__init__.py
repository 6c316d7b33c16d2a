"""What HTTP needs, once for all rooms: access, transaction, language, errors, forms, headers, limits.

It serves the views of every room.
It may import files, text, core and languages.

A route that makes a file says `exporting.exports`, or `limits.limit_reading` where the file is cheap:
a test walks the routes. tests/web/test_hostile_addresses.py notes the parameters a route reads, so
that a new one is tried without being named.
"""
