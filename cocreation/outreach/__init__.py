"""Mails to everyone of a meeting: reminders, thanks; the log of how people were told of it.

For those who come, and those who run the meeting.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.
"""
