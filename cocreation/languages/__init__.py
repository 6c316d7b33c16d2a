"""The languages of the platform: which there are, its sentences, dates and numbers in each.

It serves whatever is read by people: every room, page, mail and command.
It imports nothing of the house.
"""
