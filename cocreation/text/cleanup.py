"""Cleaning: text of people as it is stored. Kept as typed, without what could act behind its back."""

import re
import unicodedata

# U+2028, U+2029, NEL, vertical tab and form feed end a line too, for some reader or other.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# What never belongs to a text: embeddings, overrides and isolates (they reorder what stands around
# the text, "Trojan Source"), control characters, halves of a surrogate pair, which UTF-8 cannot hold,
# and the two code points XML cannot. Joiners (ZWNJ, ZWJ) shape letters and the direction marks LRM,
# RLM and ALM only place a neighbour: they stay.
_UNWANTED = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
# Every blank of Unicode, and three that are not even that wide.
_OUTER_BLANKS = (
    " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000\u200b\u2060\ufeff"
)
# Letters and a symbol by their category that show nothing: Hangul fillers, the joiner of graphemes, the empty
# pattern of Braille.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_UNSEEN_KINDS = ("Cf", "Zs", "Zl", "Zp", "Cc")


def clean(text: str | None, limit: int | None = None) -> str:
    """Text from a person's form as it is stored, at most `limit` characters long.

    Lines end with \\n, outer blanks go, what shows nothing at all is nothing; nothing is escaped. Cutting at
    `limit` is the last net: a form does not cut, it says that a text is too long.
    """
    lines = _LINE_END.sub("\n", text or "")
    return _trimmed(_trimmed(_UNWANTED.sub("", lines))[:limit])


def clean_line(text: str | None, limit: int | None = None) -> str:
    """The same in one line: names, subjects, fields of a header or of a calendar file."""
    return _trimmed(" ".join(clean(text).split())[:limit])


def excerpt(text: str, length: int) -> str:
    """The beginning of `text` in one line of at most `length` characters, cut between words, with "…"."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[:length]  # one more than fits, to see whether the last word is whole
    whole_words = head.rpartition(" ")[0] or head[:-1]
    return whole_words.rstrip(" ,;:.،؛-–—(«“") + "…"


def _trimmed(text: str) -> str:
    stripped = text.strip(_OUTER_BLANKS)
    return stripped if any(map(_is_seen, stripped)) else ""


def _is_seen(character: str) -> bool:
    if character in _UNSEEN or "\ufe00" <= character <= "\ufe0f":  # variation selectors
        return False
    return unicodedata.category(character) not in _UNSEEN_KINDS
