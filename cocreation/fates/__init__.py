"""Fates: prepared in batches, read by a second person, published in one go, reworded, appealed against.

For the secretariat and the committee, who decide and read; for everyone, who sees what became of each idea.
It may import study, merges, screening and what stands below, whose facts it hears in `fates.handlers`.
"""
