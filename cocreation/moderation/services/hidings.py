"""The rule that ideas and comments share: what is reported, why words are hidden, how that is contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from cocreation.core import clock
from cocreation.core.database import Translated
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.moderation.models import Harm, HiddenWords


class NothingReported(AlreadyDone):
    sentence = _l("No report on these words waits for a decision any more. Nothing was changed.")


class AlreadySilent(AlreadyDone):
    sentence = _l("These words are already shown to nobody. Nothing was changed.")


class WordsMissing(Invalid):
    sentence = _l("Give the reason.")


class NotHidden(Refusal):
    sentence = _l("These words are not hidden, so there is nothing to contest.")


class HidingAlreadyContested(Refusal):
    sentence = _l("You contested this on %(day)s. It can be contested once.")


class ContestTooLate(Refusal):
    sentence = _l("This could be contested until %(day)s.")


class NothingContested(AlreadyDone):
    sentence = _l("Nothing contested waits for a decision here any more. Nothing was changed.")


class OwnHiding(Refusal):
    sentence = _l("You hid these words yourself: somebody else decides now. Nothing was changed.")


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
