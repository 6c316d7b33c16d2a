"""The adopted plan as it is carried out: activities and their weights, periods, reports, evidence, and the
figures.

For all rooms above that write or show progress: tables, the one arithmetic, the acts. It may import adoption
and what stands below.
"""
