"""How sentences were worded at an old commit, where they are worded otherwise today.

What a page says is compared, not how an editor words it: this code says those sentences as they were worded
then, unless `--words` asks how they read.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

# By the English sentence, or by that and the number of a plural form.
Sentences = dict[str | tuple[str, int], str]


def worded_otherwise(then: str, today: str) -> Sentences:
    """What both catalogues have and word otherwise, as `then` words it; given the texts of .po files."""
    now = _sentences(today)
    return {key: said for key, said in _sentences(then).items() if key and now.get(key, said) != said}


def catalogues(root: Path) -> dict[str, Path]:
    """The catalogue of each language below the folder of a checkout."""
    return {path.parts[-3]: path for path in sorted(root.glob("translations/*/LC_MESSAGES/messages.po"))}


def _sentences(catalogue: str) -> Sentences:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue.encode())))
    compiled.seek(0)
    said: Sentences = Translations(compiled)._catalog
    return said
