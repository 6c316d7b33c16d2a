"""Who arrives at a meeting: the door with or without a network, the sheet, the badges.

For those who welcome people and who run the meeting.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.
"""
