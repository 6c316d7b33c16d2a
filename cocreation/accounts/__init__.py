"""The staff: who they are, how they come in, their roles and what these hold for.

Serves the staff and the rules of every room; citizens have no account.
Imports the ledger, web and core.
"""
