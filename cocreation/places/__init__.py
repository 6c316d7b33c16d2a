"""Who has a place at a meeting: registrations, the waiting list, places kept for some, seats in workshops.

For whoever registers and for those who run the meeting, through the rooms above; it has no pages.
It may import meetings and what is below.
"""
