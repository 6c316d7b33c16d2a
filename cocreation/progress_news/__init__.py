"""Who is told of progress, new obstacles and moved deadlines: authors, supporters, followers, the workshop's
table.

For all who asked to be told. It may import the rooms of progress it tells of and what stands below.
"""
