"""Ideas reported, hidden in public or not, contested by their authors, decided by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.core import audit, clock, outbox
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import UPHELD, Idea, StepKind
from cocreation.ideas.services.steps import by_receipt, index_words, record_step
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.ledger.journal import Action
from cocreation.moderation import emails
from cocreation.moderation.models import Harm, Hiding, Report
from cocreation.moderation.services import hidings
from cocreation.moderation.services.hidings import (
    CONTEST_WITHIN,
    AlreadySilent,
    Complaint,
    NothingContested,
    NothingReported,
    WordsMissing,
)


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
    hidings.write(Action.HIDDEN, idea.reference or "", reason, text, now)
    return hiding


def contest(receipt: str, words: str, *, now: datetime) -> Hiding:
    """An author says that the words should be shown: once, in time. Raises NotFound, and what
    `hidings.contest` raises.
    """
    idea = by_receipt(receipt)
    return hidings.contest(_standing(idea), words, now=now)


def decide(idea_id: int, *, lifts: bool, text: Translated, by: int, now: datetime) -> Hiding:
    """Somebody else than who hid an idea decides its author's contest: shown again, or hidden for good.

    Raises NotFound, WordsMissing, NothingContested, OwnHiding.
    """
    idea = _public(idea_id)
    hiding = _standing(idea)
    if hiding is None:
        raise NothingContested
    hidings.decide(hiding, text, lifts=lifts, by=by, now=now)
    if lifts:
        idea.hidden_at = None
        index_words(idea)
        record_step(idea, StepKind.SHOWN, at=now, text=text)
    else:
        record_step(idea, StepKind.HIDDEN, at=now, outcome=UPHELD, text=text)
    emails.tell_decided(idea, hiding)
    what = "idea shown again" if lifts else "hiding upheld"
    audit.record(what, idea.reference or "", by=by, now=now)
    action = Action.SHOWN if lifts else Action.UPHELD
    hidings.write(action, idea.reference or "", hiding.reason, text, now)
    return hiding


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
