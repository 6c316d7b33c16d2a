"""Coordination meetings with an institution and the committee: agenda, decisions per idea, minutes.

Names of those who attended are read by the secretariat alone; the public sees bodies, and counts by
side. Decisions taken here are steps of the idea, neither answers nor fates.
"""
