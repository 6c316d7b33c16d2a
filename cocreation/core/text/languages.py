"""Guessing the language of a text that does not say it."""

import re
from typing import Literal

from cocreation.core.text.words import ENGLISH_STOP, FRENCH_STOP

_SCRIPTS = {
    "ar": re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]"),
    "zgh": re.compile(r"[\u2d30-\u2d67]"),
    "latin": re.compile(r"[a-zA-ZÀ-ÖØ-öø-ÿœŒ]"),
}


def guess_language(text: str) -> Literal["ar", "fr", "en", "zgh"]:
    """The language of `text` by its most frequent script; Arabic, the platform's first, when it has none."""
    letters = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS.items()}
    script = max(letters, key=lambda name: letters[name])
    if script == "latin":
        return _french_or_english(text)
    return "zgh" if script == "zgh" else "ar"


def _french_or_english(text: str) -> Literal["fr", "en"]:
    """Small words vote, and accents for French; French, which more people here write, on a tie."""
    found = re.findall(r"[^\W\d_]+", text.lower())
    english = sum(word in ENGLISH_STOP for word in found)
    french = sum(word in FRENCH_STOP or bool(re.search("[éèêàçùœ]", word)) for word in found)
    return "en" if english > french else "fr"
