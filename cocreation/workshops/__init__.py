"""The outputs of a meeting's workshops: problems, solutions, expected results, line by line.

It serves facilitators and rapporteurs in the room, and whoever looks where an idea comes from.
It may import what is below the ideas.
"""
