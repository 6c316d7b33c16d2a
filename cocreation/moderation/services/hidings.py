"""The rule that ideas and comments share: what is reported, why words are hidden, how that is contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from cocreation.core import clock
from cocreation.core.database import Translated
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.moderation.models import Harm, HiddenWords
from cocreation.moderation.refusals import (
    ContestTooLate,
    HidingAlreadyContested,
    NotHidden,
    NothingContested,
    OwnHiding,
    WordsMissing,
)

Row = TypeVar("Row", bound=HiddenWords)
# How long who wrote words may contest that they are hidden.
CONTEST_WITHIN = timedelta(days=15)


@dataclass(frozen=True)
class Complaint:
    """What somebody says of words. The address is optional, and only for telling them what was decided."""

    reason: Harm
    words: str | None = None
    email: str | None = None


def contest(hiding: Row | None, words: str, *, now: datetime) -> Row:
    """Who wrote the words says that they should be shown: once, in time.

    Raises NotHidden, WordsMissing, HidingAlreadyContested, ContestTooLate.
    """
    if hiding is None:
        raise NotHidden
    if not words:
        raise WordsMissing
    if hiding.contested_at:
        raise HidingAlreadyContested(day=clock.day_of(hiding.contested_at))
    if not hiding.can_be_contested(clock.day_of(now)):
        raise ContestTooLate(day=hiding.contest_until)
    hiding.contested_words, hiding.contested_at = words, now
    return hiding


def decide(hiding: HiddenWords, text: Translated, *, lifts: bool, by: int, now: datetime) -> None:
    """Somebody else than who hid the words decides. Raises NothingContested, OwnHiding, WordsMissing."""
    if not hiding.awaits_decision:
        raise NothingContested
    if hiding.hidden_by == by:
        raise OwnHiding
    if not text:
        raise WordsMissing
    hiding.decided_text, hiding.decided_by, hiding.decided_at = text, by, now
    if lifts:
        hiding.lifted_at = now


def write(
    action: Action, subject: str, reason: Harm, text: Translated, now: datetime, **more: object
) -> None:
    """Into the register goes the seal of the words: they may quote what was hidden, and an entry stays."""
    content: Mapping[str, object] = {"reason": reason, "seal": journal.seal(text), **more}
    journal.append(action, subject, now, **content)
