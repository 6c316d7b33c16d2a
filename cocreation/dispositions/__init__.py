"""The table of dispositions: what became of every comment on a consultation, and its figures.

For everyone, once the answers are public. It may import comment_answers and what stands below.
"""
