"""Coordination meetings with an institution and the committee: agenda, decisions per idea or draft, minutes.

For the secretariat, which holds them; for everyone, who reads the minutes.
It may import batches, fates and what is below, and knows nothing of moderation.

Names of those who attended are read by the secretariat alone; the public sees bodies, and counts by
side. Decisions taken here are steps of the idea, neither answers nor fates.
"""
