"""A second reader's question about one fate: the rest of its batch is read meanwhile, and is not sent anew.

For the committee and the secretariat. It may import batches, fates and what stands below: batches knows the
questions there are, lets no batch with an open one be approved, and takes a change of the fate for an answer.
"""
