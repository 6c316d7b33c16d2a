"""Verification: every entry of the register that is altered, missing or out of place is named.

Of each entry only its number and its two hashes are kept. What is wrong is worked out at the end, by
following the chain from each hash to the entry that continues it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cocreation.ledger.journal import GENESIS, link_hash
from cocreation.ledger.keys import signed

ENTRY = ("number", "at", "content", "previous", "hash")
CHECKPOINT = ("day", "number", "hash", "signature")


class Wrong(Enum):
    """What is wrong with an entry, in words."""

    ALTERED = "altered"
    MISSING = "missing"
    OUT_OF_PLACE = "out of place"
    BROKEN = "altered, or entries after it are missing: what follows does not continue it"


@dataclass(frozen=True)
class Fault:
    """What is wrong with entry `number`, or with all of them until `until`.

    `about` says its action and subject, as far as they can be read.
    """

    number: int
    wrong: Wrong
    about: str = ""
    until: int | None = None

    def __str__(self) -> str:
        if self.until is not None and self.until > self.number:
            return f"Entries {self.number} to {self.until} are {self.wrong.value}."
        return f"Entry {self.number}{f' ({self.about})' if self.about else ''} is {self.wrong.value}."


@dataclass(slots=True)
class _Link:
    """What is kept of an entry. `place` is where the chain has it, from 1."""

    number: int
    previous: str
    hash: str
    about: str
    wrong: Wrong | None
    place: int | None = None


class Verifier:
    """Takes the entries of a register in the order in which they stand, then knows what is wrong with them.

    `head` is the number and the hash with which the register should end, where that is known.
    """

    def __init__(self, chain: Iterable[dict[str, object]], head: tuple[int, str] | None = None) -> None:
        self.head = head
        self.links: dict[int, _Link] = {}
        self.last = GENESIS
        self.twice: list[Fault] = []
        for entry in chain:
            self._take(entry)

    @property
    def count(self) -> int:
        return len(self.links)

    def faults(self) -> list[Fault]:
        """All that is wrong, by number; asked once."""
        end = self.head[0] if self.head else max(self.links, default=0)
        for link in self.links.values():
            if link.number > end:
                link.wrong = link.wrong or Wrong.OUT_OF_PLACE
        self._follow()
        for link, number in zip(self.links.values(), sorted(self.links), strict=True):
            if not link.number == number == link.place:
                link.wrong = link.wrong or Wrong.OUT_OF_PLACE
        if self.head and (last := self.links.get(end)) and last.hash != self.head[1]:
            last.wrong = last.wrong or Wrong.BROKEN
        found = [Fault(link.number, link.wrong, link.about) for link in self.links.values() if link.wrong]
        return sorted([*found, *self.twice, *self._missing(end)], key=lambda fault: fault.number)

    def _take(self, entry: dict[str, Any]) -> None:
        number, wrong = entry["number"], None if _holds(entry) else Wrong.ALTERED
        about = _about(entry) if wrong else ""
        if number in self.links or number < 1:
            self.twice.append(Fault(number, Wrong.OUT_OF_PLACE, about))
            return
        # The same text as the hash before it is kept once: a register may have a million entries.
        previous = self.last if entry["previous"] == self.last else entry["previous"]
        self.links[number] = _Link(number, previous, entry["hash"], about, wrong)
        self.last = entry["hash"]

    def _follow(self) -> None:
        """Give each link its place; where nothing continues one, the chain goes on at the next without."""
        after: dict[str, _Link] = {}
        for link in sorted(self.links.values(), key=lambda link: link.wrong is not None):
            after.setdefault(link.previous, link)
        first, before = after.get(GENESIS), None
        for start in [*filter(None, [first]), *(self.links[number] for number in sorted(self.links))]:
            if start.place is not None:
                continue
            if start is not first:
                _explain(before, start)
            place, link = 1 if start is first else start.number, start
            while link is not None and link.place is None:
                link.place, before, place = place, link, place + 1
                link = after.get(link.hash)  # type: ignore[assignment]

    def _missing(self, end: int) -> Iterator[Fault]:
        before = 0
        for number in [*sorted(number for number in self.links if number <= end), end + 1]:
            if number > before + 1:
                yield Fault(before + 1, Wrong.MISSING, until=number - 1)
            before = number


def _explain(before: _Link | None, link: _Link) -> None:
    """Say why the chain does not lead from `before` to `link`, unless that is known: one of them was altered,
    or what stood between them is missing.
    """
    if link.wrong or (before and before.wrong):
        return
    if before is None and link.number == 1:
        link.wrong = Wrong.OUT_OF_PLACE
    elif before is not None and before.number + 1 == link.number:
        before.wrong = Wrong.BROKEN


@dataclass(frozen=True)
class Unsigned:
    """What is wrong with the checkpoint of a day, in words."""

    day: str
    what: str

    def __str__(self) -> str:
        return f"The checkpoint of {self.day} {self.what}."


def unsigned(
    checkpoints: Iterable[dict[str, Any]], register: Verifier, key: Ed25519PublicKey
) -> Iterator[Unsigned]:
    """The checkpoints that do not hold for this register and this key."""
    good = 0
    for checkpoint in checkpoints:
        day, number = checkpoint["day"], checkpoint["number"]
        text = f"{day} {number} {checkpoint['hash']}"
        link = register.links.get(number)
        if not signed(key, text, checkpoint["signature"]):
            yield Unsigned(day, "is not signed with this key, or was altered")
        elif link is None:
            yield Unsigned(day, f"signed entry {number}, which is missing")
        elif link.hash != checkpoint["hash"]:
            yield Unsigned(
                day, f"signed another entry {number}: something from {good + 1} to {number} was written anew"
            )
        else:
            good = number


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """The entries of a downloaded file; a line that is none is an altered entry of that number."""
    for number, line in enumerate(lines, 1):
        entry = _read(line, ENTRY)
        if entry is None or type(entry["number"]) is not int:
            entry = {"number": number, "at": "", "content": "", "previous": "", "hash": ""}
        yield {**entry, "previous": str(entry["previous"]), "hash": str(entry["hash"])}


def read_checkpoints(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """The checkpoints of a downloaded file. Raises ValueError for a line that is none."""
    for number, line in enumerate(lines, 1):
        checkpoint = _read(line, CHECKPOINT)
        if checkpoint is None or type(checkpoint["number"]) is not int:
            raise ValueError(f"line {number} is no checkpoint")
        yield {**checkpoint, "day": str(checkpoint["day"]), "signature": str(checkpoint["signature"])}


def _read(line: str, keys: tuple[str, ...]) -> dict[str, object] | None:
    try:
        given = json.loads(line)
        return {key: given[key] for key in keys}
    except (ValueError, KeyError, TypeError):
        return None


def _holds(entry: dict[str, Any]) -> bool:
    """Whether an entry's hash is that of its content, which says the same moment and subject as beside it."""
    if link_hash(entry["previous"], str(entry["content"])) != entry["hash"]:
        return False
    content = _content(entry)
    return content.get("at") == entry["at"] and content.get("subject") == entry.get(
        "subject", content.get("subject")
    )


def _about(entry: dict[str, object]) -> str:
    """What an entry tells of."""
    content = _content(entry)
    said = (content.get("action"), content.get("subject"))
    return " ".join(str(words) for words in said if words)


def _content(entry: dict[str, Any]) -> dict[str, object]:
    try:
        content = json.loads(entry["content"])
    except (ValueError, TypeError):
        return {}
    return content if isinstance(content, dict) else {}
