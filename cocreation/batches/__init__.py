"""Fates prepared in batches: drafted, read by a second person, published together; reworded afterwards.

For the secretariat and the committee, who decide and read.
It may import study, merges, screening, fates and what stands below, whose facts it hears in
`batches.handlers`.
"""
