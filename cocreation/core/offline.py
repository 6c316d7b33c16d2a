"""Work without a network: acts that a device keeps, and sends in a batch once it can.

Each act has a key that its device made (`KEY`), so that it is done once however often it is sent, and the
hour at which it was done, by a clock that may be wrong. The batch is answered act by act, in its order: what
cannot be read or done is refused alone, the others stand. A refusal of all of them (it is not the day) is
raised, and the device keeps everything. `static/js/offline/` speaks this protocol in the browser,
`web.devices` over HTTP; a room says what its acts are, does them and words the answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Protocol, TypeVar

from cocreation.core.errors import Invalid, Refusal

KEY = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # as crypto.randomUUID makes them
MOST = 500  # acts of a batch; the device sends the others with the next one

Act = TypeVar("Act", bound="Keyed")
Answer = TypeVar("Answer")


class Keyed(Protocol):
    """An act that knows the key its device gave it."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True)
class OfflineBatch:
    """What came at once: the acts as JSON brought them, from the device of that name."""

    device: str
    acts: Sequence[object]


def read_batch(sent: object, *, device: str) -> OfflineBatch:
    """The batch in `sent`: {"device": its name, else `device`, "entries": its acts}. Raises Invalid."""
    if not isinstance(sent, dict) or not isinstance(acts := sent.get("entries"), list):
        raise Invalid
    return OfflineBatch(str(sent.get("device") or "")[:40] or device, acts[:MOST])


def is_key(sent: object) -> bool:
    """Whether a device can have made `sent` as the key of an act."""
    return isinstance(sent, str) and re.fullmatch(KEY, sent) is not None


def read_act(sent: Mapping[str, object]) -> tuple[str, datetime]:
    """The key of an act and when it was done. Raises KeyError, TypeError or ValueError."""
    key, at = str(sent["id"]), datetime.fromisoformat(str(sent["at"]))
    if at.tzinfo is None or not is_key(key):
        raise ValueError(key)
    return key, at


def believe(at: datetime, *, since: datetime, now: datetime) -> datetime:
    """When an act was done: `at`, unless no right clock of a device can have said so; then now."""
    return at if since <= at <= now else now


def settle(
    acts: Sequence[object],
    read: Callable[[object], Act],
    take: Callable[[Sequence[Act]], Sequence[Answer]],
    refuse: Callable[[str, Refusal], Answer],
) -> list[Answer]:
    """An answer for each of `acts`, in their order.

    `read` makes of one what the room knows, or raises a Refusal. `take` does some that are of one class and
    answers for each; what follows waits for them, since acts of other classes may be about the same thing.
    `refuse` answers for the one of this key.
    """
    answers: dict[int, Answer] = {}
    readable: list[tuple[int, Act]] = []
    for place, sent in enumerate(acts):
        try:
            readable.append((place, read(sent)))
        except Refusal as refusal:
            answers[place] = refuse(_key_of(sent), refusal)
    for _, run in groupby(readable, key=lambda found: type(found[1])):
        places, alike = zip(*run, strict=True)
        answers.update(zip(places, take(alike), strict=True))
    return [answers[place] for place in range(len(acts))]


def take_each(
    acts: Sequence[Act], take: Callable[[Act], Answer], refuse: Callable[[str, Refusal], Answer]
) -> list[Answer]:
    """The answers to acts done one by one: where one is refused, the others are done all the same."""
    answers = []
    for act in acts:
        try:
            answers.append(take(act))
        except Refusal as refusal:
            answers.append(refuse(act.id, refusal))
    return answers


def _key_of(sent: object) -> str:
    return str(sent.get("id")) if isinstance(sent, dict) else ""
