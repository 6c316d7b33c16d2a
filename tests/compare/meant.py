"""What differs from an old commit because it was meant to: `meant/since-COMMIT.toml`, beside this file.

A file holds for its commit and for all before it. Each change in it says `what` changed, `why` that was meant
("CHANGELOG.md: words of it", or the path of a decision), on which `pages`, `statements`, `links`, `mails` or
`rows` it is seen, and which `lines` come (+) and go (-) there. Nothing else is meant.

"…" stands for anything within a line, and for anything but a slash in the name of a place; "{ar,fr}" for one
of these words; "everywhere" for every place.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "meant"
EVERYWHERE = "everywhere"
KINDS = {"pages": "page", "statements": "statements", "links": "link", "mails": "mail", "rows": "rows"}


@dataclass
class Change:
    """One thing that people see otherwise, and where they do."""

    what: str
    why: str
    places: dict[str, list[str]]  # by kind
    lines: list[str]
    seen: Counter[str] = field(default_factory=Counter)  # differences it explains, wholly or in part, by kind
    used: set[str] = field(default_factory=set)  # the places and lines that explained one

    def covers(self, kind: str, name: str, lines: Iterable[str]) -> set[str]:
        """Which of these lines, of a difference of this kind and name, are meant."""
        places = [place for place in self.places.get(kind, ()) if _is_at(name, place)]
        declared = {
            line: [said for said in self.lines if _pattern(said, ".*").fullmatch(line)]
            for line in lines
            if places
        }
        covered = {line for line, said in declared.items() if said}
        if covered:
            self.seen[kind] += 1
            self.used.update(places, *declared.values())
        return covered

    def unused(self) -> list[str]:
        """Its places and lines that explained nothing."""
        said = [*(place for places in self.places.values() for place in places), *self.lines]
        return [text for text in said if text not in self.used]


def changes_since(old: str) -> list[Change]:
    """The changes that are declared for a comparison with the commit `old`."""
    return [
        change
        for path in sorted(FOLDER.glob("since-*.toml"))
        if _is_or_leads_to(old, path.stem.removeprefix("since-"))
        for change in read(path)
    ]


def read(path: Path) -> list[Change]:
    """The changes of a file, in their order; a KeyError or TypeError if it says what nobody knows."""
    return [_change(**said) for said in tomllib.loads(path.read_text())["change"]]


def _change(*, what: str, why: str, lines: list[str], **places: Any) -> Change:
    if not places:
        raise TypeError(f"{what}: it is seen nowhere.")
    return Change(what, why, {KINDS[kind]: names for kind, names in places.items()}, lines)


def _is_or_leads_to(old: str, commit: str) -> bool:
    done = subprocess.run(
        ["git", "merge-base", "--is-ancestor", old, commit],
        cwd=FOLDER.parent,
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


def _is_at(name: str, place: str) -> bool:
    return place == EVERYWHERE or bool(_pattern(place, "[^/]*").fullmatch(name))


@cache
def _pattern(said: str, anything: str) -> re.Pattern[str]:
    parts = (
        f"(?:{words.replace(',', '|')})" if words else anything if part == "…" else re.escape(part)
        for part, words in re.findall(r"(…|\{(\w+(?:,\w+)+)\}|.)", said)
    )
    return re.compile("".join(parts))
