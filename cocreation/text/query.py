"""What somebody asks of a search: words, phrases in quotation marks, a last word that may be unfinished."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cocreation.text.spelling import fold
from cocreation.text.stems import MAX_TERMS, stems

# "…", «…», “…”, „…“. A mark without its other half is a sign like any other, and means nothing.
_QUOTED = re.compile('"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
_AFTER = re.compile(r"\W+$")
# Fewer letters begin too many words to say anything.
_BEGINNING = 3
# How many letters of a word still being typed its stem may lack ("publicat", "المعلوما"), and leave how many.
_LACKING = {"latin": (3, 5), "arabic": (1, 4)}


@dataclass(frozen=True)
class Term:
    """Stems that must follow each other: one of them for a word, several for a phrase.

    `is_open`: the last word typed, of which the stem may be the beginning only. `instead`: whole stems that
    serve too, since of an unfinished word nobody knows how much the stemmer would take off.
    """

    stems: tuple[str, ...]
    is_open: bool = False
    instead: tuple[str, ...] = ()

    def fits(self, said: list[str]) -> bool:
        """Whether `said`, as many stems as it has itself, are what it asks for."""
        if self.is_open:
            return said[0].startswith(self.stems[0]) or said[0] in self.instead
        return tuple(said) == self.stems


def read_query(typed: str) -> list[Term]:
    """What was typed as terms, which a text has to say all; [] when nothing in it is searchable.

    Twelve stems are read, what follows is left out.
    """
    terms: list[Term] = []
    end = 0
    for quoted in _QUOTED.finditer(typed):
        terms += [Term((stem,)) for stem in stems(typed[end : quoted.start()])]
        terms.append(Term(tuple(stems(quoted[0]))))
        end = quoted.end()
    after = stems(typed[end:])
    terms += [Term((stem,)) for stem in after[:-1]] + [_last(stem, typed) for stem in after[-1:]]
    return _few([term for term in dict.fromkeys(terms) if term.stems])


def _last(stem: str, typed: str) -> Term:
    """The last word typed. A number, of a law or of a year, is always whole; and of a word that the stemmer
    shortened, the rest was an ending, so that it is not missing one.
    """
    if len(stem) < _BEGINNING or not stem.isalpha():
        return Term((stem,))
    if not _AFTER.sub("", fold(typed)).endswith(stem):
        return Term((stem,), True)
    lacking, leaving = _LACKING["latin" if stem.isascii() else "arabic"]
    shorter = (stem[:-cut] for cut in range(1, lacking + 1) if len(stem) - cut >= leaving)
    return Term((stem,), True, tuple(shorter))


def _few(terms: list[Term]) -> list[Term]:
    kept, room = [], MAX_TERMS
    for term in terms:
        if room > 0:
            kept.append(Term(term.stems[:room], term.is_open, term.instead))
        room -= len(term.stems)
    return kept
