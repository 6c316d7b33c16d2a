"""Registering for a meeting: the form, confirming an address, answering questions, one's own page.

For those who would like to come.
It may import places, meetings and what is below.
"""
