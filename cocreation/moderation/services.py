"""The acts of this room: report an idea, hide its words or not, contest that, decide the contest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from cocreation.core import audit, clock, outbox
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import UPHELD, Idea, StepKind
from cocreation.ideas.services.steps import by_receipt, index_words, record_step
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.moderation import emails
from cocreation.moderation.models import Harm, Hiding, Report
from cocreation.moderation.refusals import (
    AlreadySilent,
    ContestTooLate,
    HidingAlreadyContested,
    NotHidden,
    NothingContested,
    NothingReported,
    OwnHiding,
    WordsMissing,
)

# How long an author may contest that an idea is hidden.
CONTEST_WITHIN = timedelta(days=15)


@dataclass(frozen=True)
class Complaint:
    """What somebody says of an idea. The address is optional, and only for telling them what was decided."""

    reason: Harm
    words: str | None = None
    email: str | None = None


def report(idea_id: int, complaint: Complaint, *, once: str, now: datetime) -> None:
    """Somebody says that an idea's words are harmful. The same `once` counts once; of words that nobody sees
    any more nothing is noted. Raises NotFound.
    """
    idea = _public(idea_id)
    if idea.is_silent or session.scalar(select(Report.id).where(Report.once == once)):
        return
    session.add(
        Report(
            idea_id=idea.id,
            once=once,
            reason=complaint.reason,
            words=complaint.words or None,
            email=complaint.email or None,
            language=i18n.current().code,
            made_at=now,
        )
    )


def dismiss(idea_id: int, note: str, *, by: int, now: datetime) -> int:
    """Decide that an idea stays as it is, whatever was reported of it; how many reports that answers.

    Raises NotFound, WordsMissing, NothingReported.
    """
    idea = _public(idea_id)
    if not note:
        raise WordsMissing
    reports = _waiting(idea)
    if not reports:
        raise NothingReported
    for report in reports:
        report.note = note
    _settle(idea, reports, by, now)
    audit.record("reports dismissed", idea.reference or "", by=by, now=now, reports=len(reports))
    return len(reports)


def hide(idea_id: int, reason: Harm, text: Translated, *, by: int, now: datetime) -> Hiding:
    """Show an idea's words to nobody, and tell its author why and until when that may be contested.

    Raises NotFound, WordsMissing, AlreadySilent.
    """
    idea = _public(idea_id)
    if not text:
        raise WordsMissing
    if idea.is_silent:
        raise AlreadySilent
    until = clock.day_of(now + CONTEST_WITHIN)
    hiding = Hiding(
        idea_id=idea.id, reason=reason, text=text, hidden_by=by, hidden_at=now, contest_until=until
    )
    session.add(hiding)
    idea.hidden_at = now
    index_words(idea)
    record_step(idea, StepKind.HIDDEN, at=now, outcome=None, text=_in_public(reason, text))
    session.flush()
    reports = _waiting(idea)
    for report in reports:
        report.hiding_id = hiding.id
    _settle(idea, reports, by, now)
    emails.tell_hidden(idea, hiding)
    author_email = idea.author.email if idea.author else None
    outbox.unsay(idea.proposal, about=idea.reference or "", but=author_email)
    audit.record("idea hidden", idea.reference or "", by=by, now=now, reason=str(reason))
    _write(Action.HIDDEN, idea, reason, text, now)
    return hiding


def contest(receipt: str, words: str, *, now: datetime) -> Hiding:
    """An author says that the words should be shown: once, in time.

    Raises NotFound, NotHidden, WordsMissing, HidingAlreadyContested, ContestTooLate.
    """
    idea = by_receipt(receipt)
    hiding = _standing(idea)
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


def decide(idea_id: int, *, lifts: bool, text: Translated, by: int, now: datetime) -> Hiding:
    """Somebody else than who hid an idea decides its author's contest: shown again, or hidden for good.

    Raises NotFound, WordsMissing, NothingContested, OwnHiding.
    """
    idea = _public(idea_id)
    hiding = _standing(idea)
    if hiding is None or not hiding.awaits_decision:
        raise NothingContested
    if hiding.hidden_by == by:
        raise OwnHiding
    if not text:
        raise WordsMissing
    hiding.decided_text, hiding.decided_by, hiding.decided_at = text, by, now
    if lifts:
        hiding.lifted_at, idea.hidden_at = now, None
        index_words(idea)
        record_step(idea, StepKind.SHOWN, at=now, text=text)
    else:
        record_step(idea, StepKind.HIDDEN, at=now, outcome=UPHELD, text=text)
    emails.tell_decided(idea, hiding)
    what = "idea shown again" if lifts else "hiding upheld"
    audit.record(what, idea.reference or "", by=by, now=now)
    _write(Action.SHOWN if lifts else Action.UPHELD, idea, hiding.reason, text, now)
    return hiding


def forget(email: str) -> None:
    """Forget an address (in small letters) that was left with reports."""
    session.execute(update(Report).where(Report.email == email).values(email=None))


def _public(idea_id: int) -> Idea:
    """The idea, locked: whatever happens to its words happens one after the other. Raises NotFound."""
    idea = lock(Idea, idea_id, selectinload(Idea.author))
    if not idea.is_public:
        raise NotFound
    return idea


def _waiting(idea: Idea) -> Sequence[Report]:
    waiting = select(Report).where(Report.idea_id == idea.id, Report.decided_at.is_(None))
    return session.scalars(waiting.order_by(Report.id)).all()


def _standing(idea: Idea) -> Hiding | None:
    """The hiding that hides an idea now. Only one can: the idea is locked, and a silent one is not hidden."""
    standing = select(Hiding).where(Hiding.idea_id == idea.id, Hiding.lifted_at.is_(None))
    found: Hiding | None = session.scalar(
        standing.order_by(Hiding.id.desc()).limit(1).execution_options(populate_existing=True)
    )
    return found


def _settle(idea: Idea, reports: Sequence[Report], by: int, now: datetime) -> None:
    for report in reports:
        report.decided_by, report.decided_at = by, now
        if report.email:
            emails.tell_reporter(idea, report)
            report.email = None  # it was only for this


def _in_public(reason: Harm, text: Translated) -> Translated:
    """The reason before the words, each in its language, as the public step says it."""
    written = {}
    for code, words in text.items():
        with i18n.speaking(code):
            written[code] = f"{str(reason.label).capitalize()}{_(': ')}{words}"
    return Translated(written)


def _write(action: Action, idea: Idea, reason: Harm, text: Translated, now: datetime) -> None:
    """Into the register goes the seal of the words: they may quote what was hidden, and an entry stays."""
    journal.append(action, idea.reference or "", now, reason=reason, seal=journal.seal(text))
