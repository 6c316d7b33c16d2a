"""Texts in sections and numbered versions: commitment sheets, reports, a methodology, a draft law, rules.

It serves whoever reads a text and asks what changed in it and since when, and the secretariat, which writes
here what is no commitment or brings it from a file; commitments are written in `plan`. What is published is
never edited, only followed by the next version.
It may import cycles and what is below.
"""
