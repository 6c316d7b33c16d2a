"""Backups: made, tried, restored, and the page that says how they stand.

Serves operators and administrators.
Imports the ledger, accounts, web and core.
"""
