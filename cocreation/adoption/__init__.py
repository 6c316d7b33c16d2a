"""The gate: nothing is adopted while a comment is unanswered or a changed word unexplained; the adopted plan.

For the secretariat, which adopts, and for everyone who asks of a word why it stands there.
It may import comment_answers, consultations, coordination, plan, documents and what stands below them.
"""
