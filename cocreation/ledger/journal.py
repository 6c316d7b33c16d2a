"""The register: every decision, one after the other, so that none can be changed or taken out unseen.

Rooms append to it in the transaction of the decision, whatever their place in the house.

An entry's `content` is canonical JSON (sorted keys, no blanks, letters as they are) and its `hash` the
SHA-256 of the hash before it, a line end and that content, in UTF-8.

It never names or numbers a person, nor repeats what a person wrote: both can be taken back, an entry cannot.
Where an entry must be tied to what may not stand in it, it holds a `seal` or a `commitment`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import InstrumentedAttribute

from cocreation.core.database import lock, session
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger.models import RegisterEntry, RegisterHead

GENESIS = "0" * 64
CHUNK = 1000


class Action(Named):
    """What an entry tells."""

    ASKED = "asked", _l("a question put to its author")
    SCREENED = "screened", _l("screened")
    REOPENED = "screening reopened", _l("screening reopened")
    REFERRED = "referred", _l("sent to an institution")
    RECALLED = "recalled", _l("taken back from an institution")
    ANSWERED = "answered", _l("answered by an institution")
    LINKED = "linked", _l("linked with another idea")
    UNLINKED = "unlinked", _l("link with another idea undone")
    DISCUSSED = "discussed", _l("discussed in a coordination meeting")
    FATE = "fate", _l("fate published")
    REVISED = "fate revised", _l("published reasons reworded")
    APPEALED = "appealed", _l("contested by its author")
    HEARD = "appeal heard", _l("appeal answered")
    BATCH = "batch published", _l("fates published together")
    WITHDRAWN = "withdrawn", _l("withdrawn by its author")
    HIDDEN = "hidden", _l("hidden by moderation")
    UPHELD = "hiding upheld", _l("still hidden, after its author contested it")
    SHOWN = "shown", _l("shown again")
    TEXT = "text published", _l("version of a text published")
    CONSULTED = "consultation announced", _l("public consultation announced")
    EXTENDED = "consultation extended", _l("public consultation open for longer")
    CALLED_OFF = "consultation called off", _l("public consultation called off")
    REPLIED = "comments answered", _l("answers to comments published")
    ADOPTED = "plan adopted", _l("plan adopted")
    AMENDED = "plan amended", _l("plan amended")
    SNAPSHOT = "figures frozen", _l("figures of a plan frozen")
    ASSESSED = "self-assessment published", _l("self-assessment published")
    WEIGHTED = "weights set", _l("weights of activities set")
    FROZEN = "weights frozen", _l("weights of activities frozen")


OF_CONSULTATIONS = (Action.CONSULTED, Action.EXTENDED, Action.CALLED_OFF, Action.REPLIED)

# What is told, of what, and the rest of the content.
Entry = tuple[Action, str, Mapping[str, object]]


@dataclass(frozen=True)
class ToldEntry:
    """What the public page says of an entry: `idea`, `text`, `plan` or `consultation` is the reference,
    `comment` that of its consultation and its number; all None for a batch.
    """

    action: Action
    idea: str | None = None
    text: str | None = None
    plan: str | None = None
    consultation: str | None = None
    comment: tuple[str, int] | None = None


def append(action: Action, subject: str, now: datetime, **content: object) -> None:
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
        row = {"number": number, "at": now, "subject": subject, "content": content}
        rows.append({**row, "previous": previous, "hash": link})
        previous = link
    if rows:
        session.execute(insert(RegisterEntry), rows)
        head.number, head.hash = number, previous


def canonical(content: object) -> str:
    """The one way of writing `content` as JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(content: object) -> str:
    """The SHA-256 of `content`: proves later that it was so already, without telling it now."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def commitment(secret: str, about: str) -> str:
    """The SHA-256 of `secret`, a line end and `about`: whoever holds the secret can prove that it is theirs,
    and once it is erased nobody can tell whose it was.
    """
    return hashlib.sha256(f"{secret}\n{about}".encode()).hexdigest()


def link_hash(previous: str, content: str) -> str:
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def told(entry: RegisterEntry) -> ToldEntry:
    content = json.loads(entry.content)
    action = next(action for action in Action if action.value == content["action"])
    if action in (Action.TEXT, Action.WEIGHTED, Action.FROZEN, Action.ASSESSED):
        return ToldEntry(action, text=content["subject"])
    if action in (Action.ADOPTED, Action.AMENDED, Action.SNAPSHOT):
        return ToldEntry(action, plan=content.get("plan", content["subject"]))
    if action in OF_CONSULTATIONS:
        return ToldEntry(action, consultation=content["subject"])
    if "consultation" in content:
        return ToldEntry(action, comment=(content["consultation"], content["number"]))
    return ToldEntry(action, None if action is Action.BATCH else content["subject"])


def entries() -> Iterator[dict[str, object]]:
    """Every entry in order, as it is downloaded; a few at a time, however many there are."""
    return _rows(RegisterEntry.content)


def entries_with_subjects() -> Iterator[dict[str, object]]:
    """The same with the `subject` by which the pages find an entry, for its verification."""
    return _rows(RegisterEntry.subject, RegisterEntry.content)


def _rows(*columns: InstrumentedAttribute[str]) -> Iterator[dict[str, object]]:
    wanted = RegisterEntry.number, RegisterEntry.at, *columns, RegisterEntry.previous, RegisterEntry.hash
    statement, last = select(*wanted).order_by(RegisterEntry.number).limit(CHUNK), None
    while rows := session.execute(
        statement if last is None else statement.where(RegisterEntry.number > last)
    ).all():
        for row in rows:
            yield {**row._asdict(), "at": row.at.isoformat()}
        last = rows[-1].number
