"""Councils, bodies, speakers and experts invited to a meeting, and what they answer.

For those invited, and those who run the meeting.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.
"""
