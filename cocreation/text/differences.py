"""What was changed between two versions of a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["kept", "removed", "added"]

_WORDS = re.compile(r"\s*\S+")


def differences(before: str, after: str) -> list[tuple[Kind, str]]:
    """The pieces of both texts in their order: words kept, removed from `before`, added by `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[Kind, str]] = []
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("kept", "".join(new[k:m])))
        if tag in ("replace", "delete"):
            pieces.append(("removed", "".join(old[i:j])))
        if tag in ("replace", "insert"):
            pieces.append(("added", "".join(new[k:m])))
    return pieces
