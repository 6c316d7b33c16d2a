"""Two versions of a document beside each other, section by section and word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cocreation.core.database import Translated
from cocreation.documents.models import IndicatorType, SectionKind
from cocreation.documents.sections import SectionWords, in_order
from cocreation.languages import i18n
from cocreation.languages.i18n import LANGUAGES, Lazy, lazy_gettext as _l
from cocreation.text import markup
from cocreation.text.differences import Piece, differences, side_by_side

# What the facts of a section are called, in the order in which they are said.
FACTS: Mapping[str, Lazy] = {
    "heading": _l("Heading of the section"),
    "type": _l("Kind of indicator"),
    "responsible": _l("Responsible"),
    "starts_on": _l("Start"),
    "ends_on": _l("End"),
    "weight": _l("Weight"),
    "deliverable": _l("Deliverable"),
    "unit": _l("Unit"),
    "baseline": _l("Baseline"),
    "target": _l("Target"),
    "source": _l("Source"),
}

# Those that are kept otherwise than they are said.
WORDED: Mapping[str, Callable[[str], str]] = {
    "type": lambda value: str(IndicatorType(value).label),
    "starts_on": lambda value: i18n.format_date(date.fromisoformat(value)),
    "ends_on": lambda value: i18n.format_date(date.fromisoformat(value)),
    "weight": lambda value: i18n.format_number(int(value) / 10),
}


@dataclass(frozen=True)
class ComparedPart:
    """The words of a section, or one of its facts, which has a `label`."""

    label: Lazy | None
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(kind != "kept" for kind, _words in self.pieces)

    @property
    def sides(self) -> tuple[list[Piece], list[Piece]]:
        return side_by_side(self.pieces)


@dataclass(frozen=True)
class ComparedSection:
    """A section that stands in one of two versions or in both."""

    section: SectionWords
    parts: list[ComparedPart]

    @property
    def is_changed(self) -> bool:
        return any(part.is_changed for part in self.parts)


def languages_of(*versions: list[SectionWords]) -> list[i18n.Language]:
    """The languages in which one of these versions says something."""
    said = {code for version in versions for s in version for code, words in s.text.items() if words}
    return [language for code, language in LANGUAGES.items() if code in said]


def compare(before: list[SectionWords], after: list[SectionWords], code: str) -> list[ComparedSection]:
    """What changed between two versions, in the language `code`; sections of which it says nothing are left
    out.
    """
    old, new = ({s.uid: s for s in version} for version in (before, after))
    with i18n.speaking(code):
        compared = [
            ComparedSection(section, list(_parts(old.get(section.uid), new.get(section.uid), code)))
            for section in in_order({**old, **new}.values())
        ]
    return [section for section in compared if section.parts]


def said_facts(section: SectionWords, code: str = "") -> dict[str, str]:
    """The facts of a section in words, by their key, in the language `code` or the page's."""
    said = {key: _in_words(key, section.facts.get(key), code) for key in FACTS}
    return {key: words for key, words in said.items() if words}


def _parts(old: SectionWords | None, new: SectionWords | None, code: str) -> Iterator[ComparedPart]:
    before, after = (section.text.get(code, "") if section else "" for section in (old, new))
    if before or after:
        yield ComparedPart(None, _pieces(before, after, code))
    old_facts, new_facts = (said_facts(section, code) if section else {} for section in (old, new))
    for key, label in FACTS.items():
        before, after = old_facts.get(key, ""), new_facts.get(key, "")
        if before or after:
            yield ComparedPart(label, _pieces(before, after, code))


def _pieces(old: str, new: str, code: str) -> list[Piece]:
    return [(kind, markup.in_order(words, code)) for kind, words in differences(old, new)]


def _in_words(key: str, value: object, code: str) -> str:
    if isinstance(value, Mapping):
        language = i18n.current()
        text = Translated(value)
        return text.get(code, "") if code else text.best(language.code, language.falls_back)[0]
    return WORDED.get(key, str)(str(value)) if value else ""


def heading(section: SectionWords) -> Translated | Lazy:
    """What stands above a section: its own heading where it has one and its kind is no name."""
    if section.own_heading and (section.kind is SectionKind.FREE or section.place):
        return section.own_heading
    return section.kind.label
