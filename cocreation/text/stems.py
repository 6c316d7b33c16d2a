"""Stems: the part of a word by which it is found.

Arabic follows light10 (Larkey, Ballesteros and Connell, 2002): take off و, the article, then the
common endings. Two things are changed, each because light10 separates words of our own field:
endings are taken off as long as there are some (قانون, قانوني), and و goes also from behind the
article (وزارة, الوزارة).
"""

import re
from functools import lru_cache
from typing import Any

import snowballstemmer

from cocreation.text import words
from cocreation.text.spelling import fold

MAX_TERMS = 12  # in one query
_MAX_WORD = 64  # characters; PostgreSQL leaves out words beyond 2 KB, SQLite does not

_ARABIC = r"[\u0621-\u063a\u0641-\u064a]+"
_TIFINAGH = r"[\u2d30-\u2d67\u2d6f]+"
_LATIN = r"[a-z][a-z0-9]*|[0-9]+"  # never digits before letters: PostgreSQL reads "1e5" as a number
_WORD = re.compile(rf"{_ARABIC}|{_TIFINAGH}|{_LATIN}|[^\W_a-z0-9\u0621-\u064a\u2d30-\u2d7f]+")
_ARTICLES = (("بال", 2), ("فال", 2), ("كال", 3), ("ال", 2), ("لل", 2))  # and letters that must remain
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")  # ة is folded into ه


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order, stop words left out.

    The script of each word decides how it is stemmed, never the language of the text: a guess would
    differ between a long text and the two words somebody types to find it.
    """
    return [stem for word in _WORD.findall(fold(text)) if (stem := _stem(word[:_MAX_WORD]))]


def search_tokens(*texts: str | None) -> str:
    """What an index holds of `texts`: stems joined by blanks, of letters and digits only.

    FTS5 `unicode61` and PostgreSQL's `simple` must split it alike and change nothing in it.
    """
    return " ".join(stem for text in texts if text for stem in stems(text))


def search_query(text: str) -> list[str]:
    """The different stems of what was typed, in order, twelve at most; [] when nothing is searchable."""
    return list(dict.fromkeys(stems(text)))[:MAX_TERMS]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The stem of one folded word, or "" for a stop word."""
    if re.fullmatch(_LATIN, word):
        return _latin(word)
    if re.fullmatch(_ARABIC, word):
        return _arabic(word)
    return word if re.fullmatch(_TIFINAGH, word) else _spelled(word)


def _arabic(word: str) -> str:
    if word in words.ARABIC_STOP or len(word) == 1:
        return ""
    return _without_endings(_without_and(_without_article(_without_and(word))))


def _without_and(word: str) -> str:
    """Without و in front, as often as three letters remain."""
    while word.startswith("و") and len(word) > 3:
        word = word[1:]
    return word


def _without_article(word: str) -> str:
    """Without the article and what is written together with it, unless its letters are the word's own."""
    if word.startswith(words.OWN_ARTICLE):
        return word
    for contracted, noun in words.CONTRACTED.items():
        if word.startswith(contracted):
            return noun + word.removeprefix(contracted)
    for article, remaining in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + remaining:
            return word.removeprefix(article)
    return word


def _without_endings(word: str) -> str:
    """Without endings, as long as there is one to take off and two letters remain, or the stem is known."""
    if word in words.ARABIC_STEMS:
        return words.ARABIC_STEMS[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            return _without_endings(word.removesuffix(ending))
    return word


def _latin(word: str) -> str:
    """English, French, then English again, whatever the language.

    Two passes leave "communaux" and "communal", or "policy" and "policies", apart; three bring them
    together, and many a French word meets its English cousin on the way.
    """
    if word in words.LATIN_STOP or (len(word) == 1 and word.isalpha()):
        return ""  # a single letter is what an elision leaves: l'accès, d'une
    stem = words.LATIN_WORDS.get(word, word)
    for language in ("english", "french", "english"):
        if stem not in words.LATIN_STEMS:
            stem = fold(_snowball(language).stemWord(stem))  # an ending may come back with its accent
    return stem


@lru_cache
def _snowball(language: str) -> Any:
    return snowballstemmer.stemmer(language)


def _spelled(word: str) -> str:
    """A word of another script, spelled in code points: the two indexes disagree on some of them."""
    return "u" + "".join(f"{ord(char):05x}" for char in word)
