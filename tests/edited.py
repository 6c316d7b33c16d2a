"""Every sentence of the platform as if an editor had changed it: `pytest --edited`.

An editor may change any sentence, in any language, without breaking a test: tests assert roles, names and
states (CONTRIBUTING.md). With this option each word of each sentence is spelled in another way, in this
process; a test that fails then was comparing page copy. Tests of the words themselves are marked `words`
and left out.
"""

from __future__ import annotations

import re

import pytest
from babel.support import NullTranslations

# What fills a sentence, and what a browser reads as markup, is not the editor's to change.
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|<[^>]*>|&#?\w+;|https?://\S+)")
SECOND_LETTER = re.compile(r"\b([^\W\d_])(?=([^\W\d_]))")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--edited", action="store_true", help="spell every sentence in another way")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "words: looks at the words of the platform themselves")
    if config.getoption("edited"):
        _edit()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("edited"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("words")])
        items[:] = [item for item in items if not item.get_closest_marker("words")]


def _edit() -> None:
    from cocreation.languages import i18n

    written = i18n.catalogue

    def edited(code: str) -> NullTranslations:
        return Edited(written(code))

    i18n.catalogue = edited  # type: ignore[assignment]


class Edited(NullTranslations):
    """A catalogue whose sentences are all spelled in another way."""

    def __init__(self, written: NullTranslations) -> None:
        super().__init__()
        self.written = written

    def gettext(self, message: str) -> str:
        return respelled(self.written.ugettext(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return respelled(self.written.ungettext(singular, plural, count))

    ugettext, ungettext = gettext, ngettext


def respelled(sentence: str) -> str:
    """`sentence` with a sign inside each word: a longer line in Arabic, an x in other letters."""
    parts = KEPT.split(sentence)
    parts[::2] = [SECOND_LETTER.sub(_longer, part) for part in parts[::2]]
    return "".join(parts)


def _longer(letters: re.Match[str]) -> str:
    return letters[1] + ("\u0640" if "\u0620" <= letters[2] <= "\u064a" else "x")
