"""Alphabets: a word that borrows letters of another alphabet to look like a word that it is not."""

import unicodedata

# Letters of these look alike, so a word of one has no letter of another; the Arabic ones need no such rule.
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def mixes_alphabets(text: str) -> bool:
    """Whether a word of `text` mixes letters of alphabets that look alike: "Аmal" with a Cyrillic А.

    After the mixed-script rule of Unicode Technical Standard 39, which sees a word at a time.
    """
    return any(len({_alphabet(letter) for letter in word} - {""}) > 1 for word in text.split())


def _alphabet(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in _ALIKE else ""
