"""Backups: made, tried, restored, and the page that says how they stand.

It serves operators on the command line (in English, as all commands speak) and administrators.
It may import what is below.
"""
