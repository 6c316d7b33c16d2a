"""What people say of themselves for the statistics: questions, answers, and which counts are hidden.

For the forms of registration, the organisers' lists and the published figures; it has no pages.
It may import the directory and what is below.
"""
