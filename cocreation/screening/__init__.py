"""The screening: whether an idea is clear, precise and about openness, as its readers find.

For the secretariat, which reads; for everyone, who sees what came of it and how fast.
It may import ideas and what stands below, and knows nothing of study, merges and batches.
"""
