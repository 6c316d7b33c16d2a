"""The study: ideas are sent to institutions, which answer each of them against the criteria of its cycle.

For focal points and their colleagues, who answer, each idea on its page in the room `answers`.
It may import screening and what stands below; batches hear of it by `study.events`.

Days to answer are written with the first answer, as whole days: a correction changes nothing, and the
median is the same on both databases.
"""
