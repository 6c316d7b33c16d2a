"""Notes between colleagues on an idea, and the history of what the staff did with it. Never public.

For the secretariat, which reads every note, and for those who study the idea in an institution, who read the
notes of their institution and those addressed to it. It may import batches, fates and what stands below.
"""
