"""Registering for a meeting: the form, confirming an address, answering questions, one's own page.

For those who would like to come.
It may import places, meetings and what is below.

What must be said is one screen of a phone; the rest of the form is folded under a sentence that names
it. Questions of the organiser are fields of a class made for the request, so that they are checked,
kept and shown as all others.
"""
