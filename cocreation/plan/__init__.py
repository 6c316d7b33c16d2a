"""The plan of a cycle: its commitments, under its axes.

Serves the secretariat that writes it and everyone who reads it.
Imports cycles and the directory, and all below.
"""
