"""The cycle of an action plan: its calendar, which says what is open when, its axes and themes.

It serves everyone who reads the calendar, and the secretariat that sets it.
It may import the directory and what is below.

Axes and themes stand here and not in the plan, since meetings and ideas need themes.
"""
