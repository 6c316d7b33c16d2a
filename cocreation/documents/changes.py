"""What a version changes in each text of a section, place by place: values for services and provenance.

A section has a text of its words in each language, and one of each fact; facts that are no sentence (a day, a
weight, a target) are one word each, in no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cocreation.documents.sections import SectionWords
from cocreation.text.differences import Hunk, hunks, joined, words_of


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
