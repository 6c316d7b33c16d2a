"""The partners of a commitment, one on each line: which of them the directory knows. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cocreation.core.database import Translated
from cocreation.directory.models import Institution
from cocreation.languages.i18n import REQUIRED
from cocreation.text import spelling

MOST_LINES = 40  # that are looked up


def lines_of(text: Mapping[str, str]) -> list[str]:
    """The partners named in any language, as they are compared."""
    named = (folded(line) for words in text.values() for line in words.split("\n"))
    return list(dict.fromkeys(filter(None, named)))[:MOST_LINES]


def folded(name: str) -> str:
    """A name as names are compared: in any spelling, without the mark of an item before it."""
    return " ".join(spelling.fold(name.lstrip(" -–•*")).split())


def known(text: Mapping[str, str], institutions: Iterable[Institution]) -> list[Institution]:
    """The institutions of the directory that are named."""
    named = set(lines_of(text))
    return [body for body in institutions if named & {folded(name) for name in body.name.values()}]


def with_institutions(
    text: Mapping[str, str], gone: Sequence[Institution], chosen: Sequence[Institution]
) -> Translated:
    """The partners without those of `gone`, and with those of `chosen` that are not named yet."""
    taken_out = {folded(name) for body in gone for name in body.name.values()}
    named = {body.id for body in known(text, chosen)}
    added = [body for body in chosen if body.id not in named]
    found = Translated()
    for code in dict.fromkeys([*REQUIRED, *text]):
        lines = [line for line in text.get(code, "").split("\n") if line.strip()]
        lines = [line for line in lines if folded(line) not in taken_out]
        lines += [name for body in added if (name := body.name.get(code))]
        if lines:
            found[code] = "\n".join(lines)
    return found
