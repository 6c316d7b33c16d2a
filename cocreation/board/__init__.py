"""The public board of institutions: what each received, answered and owes, and within how many days.

For everyone. It may import study and what stands below.
"""
