"""How sentences were worded at an old commit, where they are worded otherwise today.

What a page says is compared, not how an editor words it: this code says those sentences as they were worded
then, unless `--words` asks how they read.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

# By the English sentence, or by that and the number of a plural form.
Sentences = dict[str | tuple[str, int], str]


def worded_otherwise(then: str, today: str, renamed: Mapping[str, str]) -> Sentences:
    """What both catalogues have and word otherwise, as `then` words it; given the texts of .po files, and the
    English sentences that have been reworded themselves.
    """
    now, was = _sentences(today), _sentences(then)
    # What both have is what it was, also where another sentence has become it meanwhile.
    was = {_renamed(key, renamed): said for key, said in was.items() if key not in now} | was
    return {key: said for key, said in was.items() if key and now.get(key, said) != said}


def renamed() -> dict[str, str]:
    """What English sentences have become, by what they were."""
    return tomllib.loads((Path(__file__).parent / "meant" / "renamed.toml").read_text())


def _renamed(key: str | tuple[str, int], names: Mapping[str, str]) -> str | tuple[str, int]:
    if isinstance(key, tuple):
        return names.get(key[0], key[0]), key[1]
    return names.get(key, key)


def catalogues(root: Path) -> dict[str, Path]:
    """The catalogue of each language below the folder of a checkout."""
    return {path.parts[-3]: path for path in sorted(root.glob("translations/*/LC_MESSAGES/messages.po"))}


def _sentences(catalogue: str) -> Sentences:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue.encode())))
    compiled.seek(0)
    said: Sentences = Translations(compiled)._catalog
    return said
