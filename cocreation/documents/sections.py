"""What a section says, text by text, and the one order in which sections stand: values that all share.

A section has a text of its words in each language, and one of each fact; facts that are no sentence (a day, a
weight, a target) are one word each, in no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cocreation.core.database import Translated
from cocreation.documents.models import SectionKind
from cocreation.ledger.journal import seal
from cocreation.text.differences import Hunk, hunks, joined, words_of

_PLACES = {kind: place for place, kind in enumerate(SectionKind)}


@dataclass(frozen=True)
class SectionWords:
    """What a section says in a version. One without text or heading is not there.

    A document that is no sheet has the place and the heading of each section among its facts (`place`,
    `heading`), so that they are of a version as its words are.
    """

    uid: str
    kind: SectionKind
    text: Translated
    facts: Mapping[str, object] = field(default_factory=dict)
    heading: Translated | None = None

    @property
    def number(self) -> int:
        """Its number among those of its kind that have one: activities."""
        number = self.facts.get("number")
        return number if isinstance(number, int) else 0

    @property
    def place(self) -> int:
        """Its place in a document whose sections stand in an order of their own."""
        place = self.facts.get("place")
        return place if isinstance(place, int) else 0

    @property
    def own_heading(self) -> Translated | None:
        """What stands above it in this version, where it is called otherwise than its kind."""
        heading = self.facts.get("heading")
        return Translated(heading) if isinstance(heading, Mapping) else self.heading

    @property
    def is_there(self) -> bool:
        return any(self.text.values()) or bool(self.facts.get("heading"))


def in_order(sections: Iterable[SectionWords]) -> list[SectionWords]:
    """By their place, by their kind, then by their number; the others as they were given."""
    return sorted(sections, key=lambda section: (section.place, _PLACES[section.kind], section.number))


def digest(sections: Iterable[SectionWords]) -> str:
    """The SHA-256 of what the sections say, by which anyone can prove later that it was so."""
    return seal([[s.uid, s.kind.value, dict(s.text), dict(s.facts)] for s in in_order(sections)])


class TextKey(NamedTuple):
    """Which text of a document: of a section, in a language, of a fact or of its own words."""

    uid: str
    language: str
    fact: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is no sentence and changes as one."""
        return not self.language

    def words(self, text: str) -> list[str]:
        if self.is_whole:
            return [joined([text])] if text else []
        return words_of(text)


def texts_of(section: SectionWords | None) -> dict[TextKey, str]:
    """All that a section says, text by text; nothing of one that is not there."""
    return dict(_texts(section)) if section is not None and section.is_there else {}


def changes_between(
    before: SectionWords | None, after: SectionWords | None
) -> Iterator[tuple[TextKey, Hunk]]:
    """What leads from what a section said to what it says."""
    old, new = texts_of(before), texts_of(after)
    for key in {**old, **new}:
        for hunk in hunks(key.words(old.get(key, "")), key.words(new.get(key, ""))):
            yield key, hunk


def _texts(section: SectionWords) -> Iterator[tuple[TextKey, str]]:
    for code, text in section.text.items():
        yield TextKey(section.uid, code), text
    for fact, value in section.facts.items():
        if isinstance(value, Mapping):
            for code, text in value.items():
                yield TextKey(section.uid, code, fact), str(text)
        elif value is not None:
            yield TextKey(section.uid, "", fact), str(value)
