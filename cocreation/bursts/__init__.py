"""Bursts: many registrations at once that nobody confirms, found and taken back as a whole.

For those who run a meeting.
It may import registration, places, meetings and what is below.
"""
