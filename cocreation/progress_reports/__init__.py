"""The project leads' room: weights, reports of each period, deadlines, indicators, colleagues.

For project leads and those they give an activity. It may import evidence, tracking and what stands below.
"""
