"""Meetings with an institution and the committee: agenda, decisions, minutes.

Serves the secretariat, the committee and focal points.
Imports fates, study and ideas, and all below.
"""
