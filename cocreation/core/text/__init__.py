"""Text of people: folded and stemmed for search, cleaned for storage, made safe for pages.

Folding and stemming read what people typed and keep nothing of it; cleaning keeps it as it was typed;
`html` is the only door through which it reaches a page.
"""

from cocreation.core.text.alphabets import mixes_alphabets
from cocreation.core.text.asking import Term, read_query
from cocreation.core.text.cleaning import clean, clean_line, excerpt
from cocreation.core.text.differences import differences
from cocreation.core.text.folding import fold
from cocreation.core.text.highlighting import highlight
from cocreation.core.text.languages import guess_language
from cocreation.core.text.markup import html, in_order, isolate, isolate_text
from cocreation.core.text.stemming import search_query, search_tokens, stems

__all__ = [
    "Term",
    "clean",
    "clean_line",
    "differences",
    "excerpt",
    "fold",
    "guess_language",
    "highlight",
    "html",
    "in_order",
    "isolate",
    "isolate_text",
    "mixes_alphabets",
    "read_query",
    "search_query",
    "search_tokens",
    "stems",
]
