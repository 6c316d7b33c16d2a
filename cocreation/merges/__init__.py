"""Ideas merged, split, restated, carried over to a later cycle, and all of that undone.

For the secretariat, which links ideas; for authors and supporters, who are told.
It may import screening and what stands below; batches hear of it by `merges.events`.

Links are undone the later one first, so that nothing has to be untangled. A part stands where
screening left the whole, never further: no institution has seen the part.
"""
