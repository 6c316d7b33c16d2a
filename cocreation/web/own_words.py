"""The words that a language has of its own on a page it borrows (WCAG 3.1.2).

A page says of itself that it is in the language most of its sentences come from (`i18n.interface`). The few
that the language of its address has already are then marked with that one, wherever they stand as text; an
attribute, a title and the choices of a list take no markup.
"""

from __future__ import annotations

import re
from functools import cache

from cocreation.languages import i18n


def mark_own_words(page: str) -> str:
    """`page`, in the language of the moment, with the words of its own marked where it is borrowed."""
    language = i18n.current()
    if not language.letters or i18n.interface(language.code) == language:
        return page
    marked = rf'<span lang="{language.code}" dir="{language.direction}">\g<own></span>'
    return _found(language.code).sub(lambda found: found.expand(marked) if found["own"] else found[0], page)


@cache
def _found(code: str) -> re.Pattern[str]:
    """A tag, what stands in one that is marked or takes no markup, or else words of its own."""
    word = f"[{i18n.LANGUAGES[code].letters}]+"
    plain = r"<(title|textarea|option|script|style)\b.*?</\1>"
    marked = rf'<[^>]*\blang="{code}"[^>]*>[^<]*'
    return re.compile(rf"{plain}|{marked}|<[^>]*>|(?P<own>{word}(?:\s+{word})*)", re.DOTALL)
