"""What stands between a request and the rooms: access, transaction, language, forms, errors, headers.

Serves the views of every room.
Imports core alone.
"""
