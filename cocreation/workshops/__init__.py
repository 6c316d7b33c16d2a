"""What workshops said: problems, solutions, expected results, each line with its reference.

Serves facilitators, coordinators and whoever reads on.
Imports the meetings, and all below.
"""
