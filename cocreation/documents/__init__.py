"""Texts in sections and numbered versions: commitment sheets, reports, a methodology, a draft law, rules.

It serves whoever reads a text and asks what changed in it and since when; the rooms above write the texts and
decide when a version is published. What is published is never edited, only followed by the next version.
It may import cycles and what is below.
"""
