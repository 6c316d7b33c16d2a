"""The register: every decision, one after the other, so that none can be changed or taken out unseen.

Rooms append to it in the transaction of the decision, whatever their place in the house.

An entry's `content` is canonical JSON (sorted keys, no blanks, letters as they are) and its `hash` the
SHA-256 of the hash before it, a line end and that content, in UTF-8. It never names or numbers a person.
A withdrawal by an idea's author is no decision and does not stand here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from cocreation.core.database import lock, session
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.naming import Named
from cocreation.register.models import RegisterEntry, RegisterHead

GENESIS = "0" * 64
CHUNK = 1000

# Stands on the public page, and is run as it stands there by the tests.
SCRIPT = """\
import hashlib, json, sys
number, previous = 0, "0" * 64
for line in open("register.jsonl", encoding="utf-8"):
    number, entry = number + 1, json.loads(line)
    if (entry["number"], entry["previous"]) != (number, previous):
        sys.exit(f"Entry {number} is missing or out of place.")
    previous = hashlib.sha256(f"{previous}\\n{entry['content']}".encode()).hexdigest()
    if entry["hash"] != previous:
        sys.exit(f"Entry {number} was altered.")
print(f"{number} entries, none altered. The last hash is {previous}")
"""


class Action(Named):
    """What an entry tells."""

    ASKED = "asked", _l("a question put to its author")
    SCREENED = "screened", _l("screened")
    REFERRED = "referred", _l("sent to an institution")
    ANSWERED = "answered", _l("answered by an institution")
    LINKED = "linked", _l("linked with another idea")
    UNLINKED = "unlinked", _l("link with another idea undone")
    DISCUSSED = "discussed", _l("discussed in a coordination meeting")
    FATE = "fate", _l("fate published")
    REVISED = "fate revised", _l("published reasons reworded")
    APPEALED = "appealed", _l("contested by its author")
    HEARD = "appeal heard", _l("appeal answered")
    BATCH = "batch published", _l("fates published together")


# What is told, of what, and the rest of the content.
Entry = tuple[Action, str, dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """What the public page says of an entry: `idea` is the reference, None for a batch."""

    action: Action
    idea: str | None


class Broken(Exception):
    """The chain does not hold at entry `number`: it is "missing", "altered" or "out of place"."""

    def __init__(self, number: int, what: str) -> None:
        self.number, self.what = number, what
        super().__init__(f"Entry {number} is {what}.")


def append(action: Action, subject: str, now: datetime, **content: Any) -> None:
    """Add one entry on `subject` (the reference of an idea, the name of a batch)."""
    append_all([(action, subject, content)], now)


def append_all(entries: Iterable[Entry], now: datetime) -> None:
    """Add entries, in the transaction of the decisions they tell.

    Other writers wait from here until it ends: call it last.
    """
    head = lock(RegisterHead, 1)
    number, previous = head.number, head.hash
    rows = []
    for action, subject, given in entries:
        content = canonical({**given, "action": action.value, "subject": subject, "at": now.isoformat()})
        number, link = number + 1, link_hash(previous, content)
        rows.append({"number": number, "at": now, "content": content, "previous": previous, "hash": link})
        previous = link
    if rows:
        session.execute(insert(RegisterEntry), rows)
        head.number, head.hash = number, previous


def canonical(content: Any) -> str:
    """The one way of writing `content` as JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(content: Any) -> str:
    """The SHA-256 of `content`: proves later that it was so already, without telling it now."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def link_hash(previous: str, content: str) -> str:
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def told(entry: RegisterEntry) -> Told:
    content = json.loads(entry.content)
    action = next(each for each in Action if each.value == content["action"])
    return Told(action, None if action is Action.BATCH else content["subject"])


def entries() -> Iterator[dict[str, Any]]:
    """Every entry in order, as it is downloaded; a few at a time, however many there are."""
    columns = RegisterEntry.number, RegisterEntry.at, RegisterEntry.content
    links = RegisterEntry.previous, RegisterEntry.hash
    statement, last = select(*columns, *links).order_by(RegisterEntry.number).limit(CHUNK), 0
    while rows := session.execute(statement.where(RegisterEntry.number > last)).all():
        for row in rows:
            yield {**row._asdict(), "at": row.at.isoformat()}
        last = rows[-1].number


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The entries of a downloaded file. Raises Broken for a line that is not one."""
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            yield {key: entry[key] for key in ("number", "at", "content", "previous", "hash")}
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(number, "altered") from error


def verify(chain: Iterable[dict[str, Any]]) -> tuple[int, str]:
    """How many entries hold, and the hash of the last one. Raises Broken at the first that does not."""
    number, previous = 0, GENESIS
    for entry in chain:
        number += 1
        if entry["number"] != number:
            later = isinstance(entry["number"], int) and entry["number"] > number
            raise Broken(number, "missing" if later else "out of place")
        if entry["previous"] != previous:
            raise Broken(number, "out of place")
        if link_hash(previous, str(entry["content"])) != entry["hash"] or not _is_of(entry):
            raise Broken(number, "altered")
        previous = entry["hash"]
    return number, previous


def verify_database() -> tuple[int, str]:
    """The same for the register of this platform, whose head also tells of entries cut off at the end."""
    number, last = verify(entries())
    head = session.get_one(RegisterHead, 1)
    if number < head.number:
        raise Broken(number + 1, "missing")
    if (number, last) != (head.number, head.hash):
        raise Broken(number, "out of place")
    return number, last


def _is_of(entry: dict[str, Any]) -> bool:
    """Whether the moment beside the content is the one inside it, which the hash covers."""
    try:
        return bool(json.loads(entry["content"])["at"] == entry["at"])
    except (ValueError, KeyError, TypeError):
        return False
