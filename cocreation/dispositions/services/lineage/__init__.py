"""How the secretariat links ideas and undoes it: merge, split, restate, carry over.

An idea that is part of others (merged into one, split into several) stands at JOINED: nobody screens, studies
or answers it any more, and it still gets a fate of its own, which says where its words went on. Whoever sent
it or stands behind it comes along.
"""
