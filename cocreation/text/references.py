"""References as people write them: "or1 w2 s07", "2026 33", "٢٠٢٦-٣٣" are OR1-W2-S07 and 2026-33."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

LONGEST = 60  # characters that somebody may have typed for one
_BETWEEN = re.compile(r"[\W_]+")
_MEETING = r"([A-Z]{2,4})-?(\d{1,2})"


class ReferenceKind(Enum):
    """What a reference is of: each is spelled in one way only (`docs/architecture.md`, the rooms)."""

    LINE = "line"
    WORKSHOP = "workshop"
    MEETING = "meeting"
    COMMITMENT = "commitment"
    COORDINATION = "coordination"
    CONSULTATION = "consultation"
    COMMENT = "comment"
    IDEA = "idea"


_SHAPES = {
    ReferenceKind.LINE: re.compile(rf"{_MEETING}-?W-?(\d{{1,3}})-?([PSR])-?(\d{{1,5}})"),
    ReferenceKind.WORKSHOP: re.compile(rf"{_MEETING}-?W-?(\d{{1,3}})"),
    ReferenceKind.MEETING: re.compile(_MEETING),
    ReferenceKind.COMMITMENT: re.compile(r"(\d{4})-?C-?(\d{1,4})"),
    ReferenceKind.COORDINATION: re.compile(r"(\d{4})-?M-?(\d{1,4})"),
    ReferenceKind.CONSULTATION: re.compile(r"(\d{4})-?PC-?(\d{1,3})"),
    ReferenceKind.COMMENT: re.compile(r"(\d{4})-?PC-?(\d{1,3})-(\d{1,9})"),
    ReferenceKind.IDEA: re.compile(r"(\d{4})-(\d{1,9})"),
}
# The groups of letters stay; of numbers, so many digits are always written.
_SPELLED = {
    ReferenceKind.LINE: "{0}{1}-W{2}-{3}{4:02}",
    ReferenceKind.WORKSHOP: "{0}{1}-W{2}",
    ReferenceKind.MEETING: "{0}{1}",
    ReferenceKind.COMMITMENT: "{0}-C{1:02}",
    ReferenceKind.COORDINATION: "{0}-M{1}",
    ReferenceKind.CONSULTATION: "{0}-PC{1}",
    ReferenceKind.COMMENT: "{0}-PC{1}-{2:04}",
    ReferenceKind.IDEA: "{0}-{1}",
}


@dataclass(frozen=True)
class Reference:
    """A reference as it is kept, and what it is of: `parts` are its letters and numbers in order."""

    kind: ReferenceKind
    parts: tuple[str | int, ...]

    def __str__(self) -> str:
        return _SPELLED[self.kind].format(*self.parts)


def read_reference(typed: str) -> Reference | None:
    """The reference that `typed` is, whatever the case, the digits, and what stands between its parts; None
    for what is none. Whether there is such a thing is for the rooms to say.
    """
    if len(typed) > LONGEST:
        return None
    plain = _BETWEEN.sub("-", "".join(map(_plain, unicodedata.normalize("NFKC", typed)))).strip("-").upper()
    for kind, shape in _SHAPES.items():
        if found := shape.fullmatch(plain):
            return Reference(kind, tuple(int(part) if part.isdecimal() else part for part in found.groups()))
    return None


def spelled(typed: str) -> str:
    """`typed` as the reference it is; as it stands when it is none."""
    return str(read_reference(typed) or typed.strip())


def _plain(sign: str) -> str:
    """A digit of any script in Latin, nothing for a sign nobody sees."""
    kind = unicodedata.category(sign)
    return "" if kind == "Cf" else str(unicodedata.decimal(sign)) if kind == "Nd" else sign
