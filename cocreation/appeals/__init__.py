"""Appeals against a published fate: answered once, in public, by somebody else than who decided first.

For the secretariat and the committee. It may import batches, fates and what stands below.
"""
