"""Text of people: folded and stemmed for search, cleaned for storage, made safe for pages.

Folding and stemming read what people typed and keep nothing of it; cleaning keeps it as it was typed;
`html` is the only door through which it reaches a page.

It serves forms, lists and pages, wherever words of people stand.
It may import core and languages.
"""
