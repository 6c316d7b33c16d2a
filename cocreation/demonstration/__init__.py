"""The demonstration cycle, lived through the services of every room.

Serves trials, screenshots and tests; never an installation people rely on.
Imports every room; only `app.py` imports it, for `seed`.
"""
