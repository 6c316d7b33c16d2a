"""The desks: lists of ideas for the staff, what narrows them, in which order they stand, how many there are.

For the rooms that act on many ideas: a list is narrowed and ordered alike wherever it stands.
It may import ideas and what stands below, and knows nothing of what is done with them.
"""
