"""How far the interface speaks each language, counted from the catalogues it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from cocreation.core.settings import ROOT
from cocreation.languages import i18n


@dataclass(frozen=True)
class Spoken:
    """Of `total` sentences, how many a language has."""

    language: i18n.Language
    translated: int
    total: int

    @property
    def share(self) -> float:
        return self.translated / self.total if self.total else 0


@cache
def spoken() -> list[Spoken]:
    """Each language of the interface. That in which the sentences are first written has them all."""
    catalogues = {code: _read(code) for code in i18n.LANGUAGES}
    total = max(len(catalogue) for catalogue in catalogues.values())
    return [
        Spoken(language, total if code == i18n.SOURCE.code else _translated(catalogues[code]), total)
        for code, language in i18n.LANGUAGES.items()
    ]


def _read(code: str) -> Catalog:
    path = ROOT / "translations" / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as source:
        return read_po(source, locale=i18n.LANGUAGES[code].locale)


def _translated(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and not message.fuzzy and _has_words(message.string))


def _has_words(words: str | Sequence[str] | None) -> bool:
    """All the forms of it, where it has several."""
    return bool(words) and (isinstance(words, str) or all(words or ()))
