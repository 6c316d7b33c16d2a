"""Hits shown: a text cut around the first of them, each in <mark>."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from cocreation.text.cleanup import excerpt
from cocreation.text.markup import html
from cocreation.text.query import Term
from cocreation.text.stems import stems

Span = tuple[int, int]

# A word as it is typed: letters, digits and the marks on them; a law's number is one word.
_SIGN = r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u00ad]"
_TYPED = re.compile(rf"(?:{_SIGN}|(?<=\d)[.\-‐‑‒–−٫](?=\d))+")
_TAG = re.compile(r"(<[^>]*>)")


def highlight(texts: Sequence[str | None], asked: Sequence[Term], language: str, length: int) -> Markup:
    """The first of `texts` that says something of what was `asked`, in one line of about `length` characters
    around it, as safe HTML with the words asked for in <mark>; the first text when none of them does. It
    stands in a link, and has none.
    """
    lines = [" ".join(text.split()) for text in texts if text]
    for line in lines:
        if spans := _hits(line, asked):
            piece, moved = _around(line, spans[0], length)
            inside = [(a - moved, b - moved) for a, b in spans]
            return _marked(html(piece, language, linked=False), inside)
    return html(excerpt(lines[0], length), language, linked=False) if lines else Markup()


def _hits(line: str, asked: Sequence[Term]) -> list[Span]:
    """Where the words asked for stand in `line`, in order, none within another."""
    said = [(stem, word.span()) for word in _TYPED.finditer(line) for stem in _stems_of(word[0])]
    spans = [
        (said[at][1][0], said[at + len(term.stems) - 1][1][1])
        for term in asked
        for at in range(len(said) - len(term.stems) + 1)
        if term.fits([stem for stem, _ in said[at : at + len(term.stems)]])
    ]
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


@lru_cache(maxsize=20_000)
def _stems_of(word: str) -> tuple[str, ...]:
    return tuple(stems(word))


def _around(line: str, hit: Span, length: int) -> tuple[str, int]:
    """`line` cut to about `length` characters with `hit` in its first half, and by how much it moved."""
    if len(line) <= length or hit[1] <= length * 2 // 3:
        return _ended(line, length, hit[1]), 0
    start = max(0, min(hit[0] - length // 3, len(line) - length))
    start = line.rfind(" ", 0, start + 1) + 1 if " " in line[:start] else hit[0]
    start = start if hit[0] - start <= length // 2 else hit[0]  # a line without blanks
    return "…" + _ended(line[start:], length, hit[1] - start), start - 1


def _ended(line: str, length: int, least: int) -> str:
    """The beginning of `line`, cut between words, the first `least` characters whole in any case."""
    return excerpt(line, max(length, least + 1))


def _marked(page: Markup, spans: list[Span]) -> Markup:
    """`page`, made of one line of text, with a <mark> around each span of that text.

    A mark ends before a tag and begins anew after it, so that none ever crosses another element.
    """
    pieces, at = [], 0
    for part in _TAG.split(page):
        if part.startswith("<"):
            pieces.append(part)
            continue
        text = entities.unescape(part)
        done = 0
        for start, end in spans:
            a, b = max(start - at, done), min(end - at, len(text))
            if a < b:
                pieces += [escape(text[done:a]), "<mark>", escape(text[a:b]), "</mark>"]
                done = b
        pieces.append(escape(text[done:]))
        at += len(text)
    return Markup("".join(pieces))  # noqa: S704 — tags of the gate, and text escaped here
