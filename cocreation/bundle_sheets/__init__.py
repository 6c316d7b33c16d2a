"""The bundle of an institution as a spreadsheet: taken away, filled in, sent back.

For focal points, many of whom answer offline and together.
It may import the study and what stands below.
"""
