"""The organisers' list of those who come: import, entry, decisions, questions.

For those who run a meeting.
It may import bursts, travel_support, registration, places, meetings and what is below.
"""
