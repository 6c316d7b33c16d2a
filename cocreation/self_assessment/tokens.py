"""Figures in a narrative are tokens, `{{plan.progress}}`, bound to a snapshot: read, filled in, and whatever
is typed in their place found. Pure.

A number that somebody types is flagged with its place, in whichever digits it is written, also where a
percentage is spelled out: `47 %`, `٤٧`, `½`, `quarante pour cent`, `سبعون في المائة`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l

AROUND = 40  # letters shown before and behind what is flagged
TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
BRACES = re.compile(r"[{}]+")
PERCENT = (
    r"[%٪﹪％‰]|pour\s*cents?\b|pourcents?\b|per\s?cent\b|percent\b"
    r"|(?:في|ب)\s?(?:ال)?(?:مائة|مئة|ماية|المائة|المئة)|بالم(?:ائ|ئ)ة"
)
SPELLED = re.compile(rf"(?:[^\W\d_]+[ \u00a0\u202f-]){{0,3}}(?:{PERCENT})", re.IGNORECASE)
TRAILING = re.compile(rf"[ \u00a0\u202f]*(?:{PERCENT})", re.IGNORECASE)
BETWEEN = frozenset(".,/:-‑–٫٬·’'")  # between two digits of one number, date or reference


class FlagKind(Named):
    """What is wrong at a place of a narrative."""

    TYPED = "typed", _l("a typed number")
    SPELLED = "spelled", _l("a percentage in words")
    UNKNOWN = "unknown", _l("an unknown token")
    MISPLACED = "misplaced", _l("a token that has no figure here")
    BROKEN = "broken", _l("braces that make no token")

    @property
    def can_be_meant(self) -> bool:
        """Whether it may be right as it stands: a date, a reference, the number of a law."""
        return self in (FlagKind.TYPED, FlagKind.SPELLED)


@dataclass(frozen=True)
class Flag:
    """`words` at a place of a text, between the words around them."""

    kind: FlagKind
    at: int
    words: str
    before: str
    after: str


def names_in(text: str) -> list[str]:
    """The tokens a text names, each once, in their order."""
    return list(dict.fromkeys(match[1].strip() for match in TOKEN.finditer(text)))


def filled(text: str, value_of: Callable[[str], str | None]) -> str:
    """The text with the value of each token; one that has none stays as it was typed."""

    def value(match: re.Match[str]) -> str:
        said = value_of(match[1].strip())
        return match[0] if said is None else said

    return TOKEN.sub(value, text)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at its tokens: words with no name, and the name of each token."""
    end = 0
    for match in TOKEN.finditer(text):
        yield text[end : match.start()], ""
        yield match[0], match[1].strip()
        end = match.end()
    yield text[end:], ""


def flags(text: str, values: Mapping[str, object], elsewhere: Callable[[str], bool]) -> list[Flag]:
    """All that is wrong in a text, in its order; `values` are the tokens that have a figure in this place,
    `elsewhere` says of another whether it has one in a place of another kind.
    """
    found = [*_tokens(text, values, elsewhere), *_braces(text), *_numbers(text)]
    return sorted(found, key=lambda flag: flag.at)


def _tokens(text: str, values: Mapping[str, object], elsewhere: Callable[[str], bool]) -> Iterator[Flag]:
    for match in TOKEN.finditer(text):
        name = match[1].strip()
        if name not in values:
            kind = FlagKind.MISPLACED if elsewhere(name) else FlagKind.UNKNOWN
            yield _flag(kind, text, match.start(), match.end())


def _braces(text: str) -> Iterator[Flag]:
    for match in BRACES.finditer(_without_tokens(text)):
        yield _flag(FlagKind.BROKEN, text, match.start(), match.end())


def _numbers(text: str) -> Iterator[Flag]:
    bare = _without_tokens(text)
    taken = 0
    spans = []
    for start, end in _digits(bare):
        spelled = TRAILING.match(bare, end)
        taken = spelled.end() if spelled else end
        spans.append((start, taken))
        yield _flag(FlagKind.TYPED, text, start, taken)
    for match in SPELLED.finditer(bare):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            yield _flag(FlagKind.SPELLED, text, match.start(), match.end())


def _digits(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand, with what joins their digits: 31.13, 2021-2023, 2-08-229, ٤٧٫٥, ½."""
    at = 0
    while at < len(text):
        if not text[at].isnumeric():
            at += 1
            continue
        end = at + 1
        while end < len(text) and (
            text[end].isnumeric()
            or (text[end] in BETWEEN and end + 1 < len(text) and text[end + 1].isnumeric())
        ):
            end += 1
        yield at, end
        at = end


def _without_tokens(text: str) -> str:
    """The text with blanks for its tokens, so that all else stands where it stood."""
    return TOKEN.sub(lambda match: "\x00" * len(match[0]), text)


def _flag(kind: FlagKind, text: str, start: int, end: int) -> Flag:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Flag(
        kind,
        start,
        text[start:end],
        ("…" if start > AROUND else "") + before,
        after + ("…" if end + AROUND < len(text) else ""),
    )
