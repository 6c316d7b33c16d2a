"""Guessing the language of a text that does not say it."""

import re

from cocreation.languages.i18n import DEFAULT, LANGUAGES
from cocreation.text.words import ENGLISH_STOP, FRENCH_STOP

_LATIN = re.compile(r"[a-zA-ZÀ-ÖØ-öø-ÿœŒ]")
# The default language first: it is what a text without any letter is in.
_SCRIPTS = {
    language.code: re.compile(f"[{language.letters}]")
    for language in sorted(LANGUAGES.values(), key=lambda language: language is not DEFAULT)
    if language.letters
}


def guess_language(text: str) -> str:
    """The code of the language of `text` by its most frequent script; the default one when it has none."""
    letters = {code: len(pattern.findall(text)) for code, pattern in _SCRIPTS.items()}
    code = max(letters, key=lambda code: letters[code])
    return code if letters[code] >= len(_LATIN.findall(text)) else _french_or_english(text)


def _french_or_english(text: str) -> str:
    """Small words vote, and accents for French; French, which more people here write, on a tie."""
    found = re.findall(r"[^\W\d_]+", text.lower())
    english = sum(word in ENGLISH_STOP for word in found)
    french = sum(word in FRENCH_STOP or bool(re.search("[éèêàçùœ]", word)) for word in found)
    return "en" if english > french else "fr"
