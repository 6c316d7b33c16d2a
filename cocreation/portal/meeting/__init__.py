"""The pages of the meetings that say more than the meetings know: places left, who took part, help to come.

For everyone, and for those who run a meeting. A room composed of meetings, places, preparation, statistics
and travel support.
"""
