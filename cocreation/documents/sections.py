"""What a section says, and the one order in which sections stand: values that services and queries share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cocreation.core.database import Translated
from cocreation.documents.models import SectionKind
from cocreation.ledger.journal import seal

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
