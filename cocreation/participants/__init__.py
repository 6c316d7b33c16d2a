"""The organisers' list of those who come: import, entry, decisions, questions, many at once.

For those who run a meeting.
It may import registration, places, meetings and what is below.
"""
