"""The review of the plan half-way: recommendations answered, proposals to keep, reword, merge, split, drop or
add.

For the secretariat and the committee, and everyone who reads. It may import all rooms of progress and what
stands below.
"""
