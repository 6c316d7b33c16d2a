"""The act: who is meant, what there is of them, a copy of it, and none of it any more."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from cocreation.core import audit, personal_data
from cocreation.core.contacts import is_phone, mailbox, phone_number
from cocreation.core.enums import Named
from cocreation.core.errors import Invalid
from cocreation.core.personal_data import Erasure, Keeper, Subject
from cocreation.core.secrets import read_receipt
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.privacy import emails, mails
from cocreation.text import search


class NoPersonNamed(Invalid):
    sentence = _l("This is neither an e-mail address, nor a telephone number, nor the code of a receipt.")


Keepers = Sequence[Keeper[Any]]


class Why(Named):
    """For what reason the staff erases somebody. Kept, without the person."""

    ASKED = "asked", _l("the person asked for it")
    ORDERED = "ordered", _l("an authority ordered it")
    MISTAKE = "mistake", _l("it was entered by mistake")
    OWN_RECEIPT = "own_receipt", _l("with their own receipt")


@dataclass(frozen=True)
class Found:
    """What one room keeps of a kind: the keys of its rows, and of those which cannot go now, why."""

    keeper: Keeper[Any]
    keys: Sequence[object]
    kept: Mapping[object, Lazy] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def erasable(self) -> list[object]:
        return [key for key in self.keys if key not in self.kept]


def read(who: str) -> Subject:
    """The subject that an address, a telephone or the code of a receipt names. Raises NoPersonNamed."""
    typed = who.strip()
    if "@" in typed and not typed.startswith("@"):
        # Rows of before addresses had one spelling are found by theirs.
        return Subject(emails=frozenset(filter(None, (mailbox(typed), typed.lower()))))
    if is_phone(typed):
        return Subject(phones=frozenset({phone_number(typed)}))
    if receipt := read_receipt(typed):
        return Subject(receipts=frozenset({receipt}))
    raise NoPersonNamed


def find(subject: Subject, keepers: Keepers) -> list[Found]:
    """What there is of the subject, room by room; kinds of which there is nothing are left out."""
    found = [(keeper, keeper.find(subject)) for keeper in keepers]
    return [Found(keeper, keys, keeper.kept(keys)) for keeper, keys in found if keys]


def by_name(subject: Subject, keepers: Keepers) -> Subject:
    """The subject with the names that stand beside these addresses, numbers and receipts, so that lists of
    names are looked through as well: for the staff and the operators, who see what is found before they act.

    A name of one word is shared by too many.
    """
    names = {name for found in find(subject, keepers) for name in found.keeper.names(found.keys) if name}
    return replace(subject, names=frozenset(name for name in names if len(name.split()) > 1))


def export(found: Sequence[Found]) -> bytes:
    """All of it as a .zip: data.json, and the files beside it."""
    told: dict[str, object] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for holding in found:
            part = holding.keeper.export(holding.keys)
            files = {_path(holding.keeper.name, name): content for name, content in part.files.items()}
            told[holding.keeper.name] = {
                "what": str(holding.keeper.what),
                "rows": part.rows,
                "files": sorted(files),
            }
            for path, content in files.items():
                archive.writestr(path, content)
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2, default=str))
    return packed.getvalue()


def _path(kind: str, name: str) -> str:
    """A name inside the archive that leads nowhere else."""
    plain = re.sub(r"[^\w .()-]", "_", name).strip(" .")
    return f"{kind}/{plain or 'file'}"


def erase(
    subject: Subject,
    keepers: Keepers,
    *,
    why: Why,
    now: datetime,
    by: int | None = None,
    note: str = "",
    leaves_ideas: bool = False,
) -> list[Found]:
    """Erase all there is of the subject, and what was there. With `leaves_ideas` the words of public ideas
    stay, without an author.

    Receipts that opened it say from now on that it was erased; mails that wait are taken back; who reached an
    association through the subject is told that the contact is gone. The journal keeps by whom, why and how
    much it was, and nothing of the person.
    """
    found = find(subject, keepers)
    erasure = Erasure(now, by=by, leaves_ideas=leaves_ideas)
    for holding in found:
        if holding.erasable:
            holding.keeper.erase(holding.erasable, erasure)
    widened = replace(subject, receipts=subject.receipts | erasure.receipts)
    mails.take_back(widened)
    mails.scrub_journal(widened)
    personal_data.mark_erased(erasure.receipts, now=now)
    emails.tell_contacts_gone(erasure.contacts_gone, now=now)
    counts = {holding.keeper.name: len(holding.erasable) for holding in found if holding.erasable}
    if "ideas" in counts:
        search.forget_erased(Idea.tokens)
    details = {"why": why.value, "note": mails.without(widened, note), "counts": counts}
    audit.record("person erased", "personal data", by=by, now=now, **details)
    return found


def note_looked_up(found: Sequence[Found], act: str, *, by: int, now: datetime) -> None:
    """That the staff looked somebody up, or took a copy (`act`): by whom and how much, not of whom."""
    counts = {holding.keeper.name: holding.count for holding in found}
    audit.record(act, "personal data", by=by, now=now, counts=counts)
