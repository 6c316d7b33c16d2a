"""Answering one idea: beside its neighbours in its workshop, as a draft until it is sent, on signed paper.

For focal points and their colleagues. It may import the study and what stands below: the study holds the
referrals, their drafts and what an answer must have.
"""
