"""Writing ideas: sending, confirming, restating, withdrawing, forgetting who sent them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, clock, i18n, secrets, text
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle, Phase
from cocreation.ideas import emails, policy
from cocreation.ideas.models import Author, AuthorKind, Fate, Idea, IdeaState, Origin, Reason, Step, StepKind
from cocreation.meetings.models import Meeting, Workshop
from cocreation.workshops.models import LineKind, OutputLine

# How long the link that confirms an idea works.
CONFIRM_WITHIN = timedelta(days=7)


class IntakeClosed(Refusal):
    sentence = _l("Ideas are not being collected now. Nothing was sent.")


class LinkExpired(Refusal):
    sentence = _l("This link has expired: it worked until %(day)s. Please send your idea again.")


class FateAlreadyPublished(Refusal):
    sentence = _l("The fate of this idea is published, so it can no longer be withdrawn.")


class OutputsNotPublished(Refusal):
    sentence = _l("Publish the outputs of the workshop first: an idea leads back to them.")


@dataclass(frozen=True)
class Words:
    """What an idea says and is about."""

    proposal: str
    problem: str | None = None
    expected_result: str | None = None
    theme_id: int | None = None
    region_code: str | None = None


@dataclass(frozen=True)
class Sender:
    """Who an idea comes from. The name is shown only where `is_named`."""

    kind: AuthorKind = AuthorKind.PERSON
    name: str | None = None
    email: str | None = None
    is_named: bool = False


def submit(cycle_id: int, words: Words, sender: Sender, *, once: str, now: datetime) -> Idea:
    """An unconfirmed idea, and the mail whose link confirms it. The same `once` returns the same idea.

    Raises IntakeClosed unless the cycle's calendar is collecting ideas.
    """
    cycle = lock(Cycle, cycle_id, selectinload(Cycle.phases))
    if sent := session.scalar(select(Idea).where(Idea.once == once)):
        return sent
    if not cycle.is_open(Phase.INTAKE, clock.day_of(now)):
        raise IntakeClosed
    idea = _idea(cycle, words, Origin.ONLINE, once=once, now=now)
    idea.author = _author(sender, now)
    session.add(idea)
    session.flush()
    emails.ask_to_confirm(idea, until=expires_at(idea))
    return idea


def expires_at(idea: Idea) -> datetime:
    """When the link that confirms an idea stops working."""
    return idea.submitted_at + CONFIRM_WITHIN


def confirm(receipt: str, *, now: datetime) -> Idea:
    """The author proves the address: the idea gets its number and is received. Once; then nothing changes.

    An idea sent while intake was open may be confirmed after it closed. Raises NotFound, LinkExpired.
    """
    idea = _by_receipt(receipt)
    if idea.is_public:
        return idea
    if expires_at(idea) <= now:
        raise LinkExpired(day=clock.day_of(expires_at(idea)))
    receive(lock(Cycle, idea.cycle_id), [idea], now=now)
    if idea.author:
        emails.send_receipt(idea)
    return idea


def enter(
    cycle_id: int, words: Words, sender: Sender, origin: Origin, *, once: str, by: int, now: datetime
) -> Idea:
    """The secretariat enters an idea that came on paper or by e-mail: received at once, with its receipt."""
    cycle = lock(Cycle, cycle_id)
    if entered := session.scalar(select(Idea).where(Idea.once == once)):
        return entered
    idea = _idea(cycle, words, origin, once=once, now=now)
    idea.author = _author(sender, now)
    receive(cycle, [idea], now=now)
    emails.send_receipt(idea)
    audit.record("idea entered", str(idea.reference), by=by, now=now, origin=str(origin))
    return idea


def restate(line_ids: Sequence[int], *, by: int, now: datetime) -> list[Idea]:
    """Solutions of published workshops become ideas that keep where they were said; those that already
    are one stay as they are. Returns the new ideas. Raises OutputsNotPublished.
    """
    lines = _solutions(line_ids)
    if not lines:
        return []
    if not all(line.workshop.published_at for line in lines):
        raise OutputsNotPublished
    cycle = lock(Cycle, lines[0].workshop.meeting.cycle_id)
    done = set(session.scalars(select(Idea.source_line_id).where(Idea.source_line_id.in_(line_ids))))
    ideas = [_restated(cycle, line, now) for line in lines if line.id not in done]
    receive(cycle, ideas, now=now)
    for idea in ideas:
        audit.record("solution restated", str(idea.reference), by=by, now=now, line=idea.source_line_id)
    return ideas


def withdraw(receipt: str, *, now: datetime) -> Idea:
    """Its author takes an idea back. Its words are no longer shown nor found; its reference, its dates and
    its steps remain, so that numbers still add up. Raises NotFound, FateAlreadyPublished.
    """
    idea = _by_receipt(receipt)
    if idea.is_withdrawn:
        return idea
    if not idea.is_public or not policy.can_withdraw(idea):
        raise FateAlreadyPublished
    idea.state, idea.fate, idea.reason = IdeaState.WITHDRAWN, Fate.WITHDRAWN, Reason.AUTHOR_WITHDREW
    idea.reason_text, idea.fate_at, idea.tokens = _in_every_language(WITHDREW), now, ""
    record_step(idea, StepKind.WITHDRAWN, at=now, outcome=Fate.WITHDRAWN, reason=Reason.AUTHOR_WITHDREW)
    return idea


WITHDREW = _l("Its author withdrew it.")


def erase_author(receipt: str) -> Idea:
    """Forget who sent an idea; the idea stays, without a name or an address. Raises NotFound."""
    idea = _by_receipt(receipt)
    session.execute(delete(Author).where(Author.idea_id == idea.id))
    return idea


def forget(email: str) -> int:
    """Forget an address (in small letters): its ideas stay without an author, what was never confirmed goes.
    How many ideas it concerned.
    """
    idea_ids = list(session.scalars(select(Author.idea_id).where(Author.email == email)))
    session.execute(delete(Author).where(Author.idea_id.in_(idea_ids)))
    session.execute(delete(Idea).where(Idea.id.in_(idea_ids), Idea.state == IdeaState.UNCONFIRMED))
    return len(idea_ids)


def record_step(
    idea: Idea,
    kind: StepKind,
    *,
    at: datetime,
    institution_id: int | None = None,
    outcome: IdeaState | Fate | None = None,
    reason: Reason | None = None,
    text: Translated | None = None,
    due_on: date | None = None,
) -> Step:
    """Write what happened to an idea for everyone to read; without an institution it is the secretariat's."""
    step = Step(
        idea_id=idea.id,
        kind=kind,
        at=at,
        institution_id=institution_id,
        outcome=str(outcome) if outcome else None,
        reason=reason,
        text=text,
        due_on=due_on,
    )
    session.add(step)
    return step


def next_number(cycle: Cycle) -> int:
    """The number of the cycle's next idea, counted from 1 without gaps. The cycle must be locked."""
    return 1 + (session.scalar(select(func.max(Idea.number)).where(Idea.cycle_id == cycle.id)) or 0)


def receive(cycle: Cycle, ideas: Sequence[Idea], *, now: datetime) -> None:
    """Number `ideas` in their order; from now on they are public and found. The cycle must be locked."""
    for number, idea in enumerate(ideas, next_number(cycle)):
        idea.number, idea.reference = number, f"{cycle.code}-{number}"
        idea.state, idea.received_at = IdeaState.RECEIVED, now
        idea.tokens = text.search_tokens(idea.problem, idea.proposal, idea.expected_result)
    session.add_all(ideas)
    session.flush()
    for idea in ideas:
        record_step(idea, StepKind.RECEIVED, at=now)
    session.flush()


def _by_receipt(receipt: str) -> Idea:
    key = session.scalar(select(Idea.id).where(Idea.receipt == receipt)) if receipt else None
    return lock(Idea, key, selectinload(Idea.author))


def _idea(cycle: Cycle, words: Words, origin: Origin, *, once: str, now: datetime) -> Idea:
    said = " ".join(filter(None, (words.proposal, words.problem, words.expected_result)))
    return Idea(
        cycle_id=cycle.id,
        receipt=secrets.new_receipt(),
        once=once,
        origin=origin,
        state=IdeaState.UNCONFIRMED,
        language=text.guess_language(said),
        problem=words.problem or None,
        proposal=words.proposal,
        expected_result=words.expected_result or None,
        theme_id=words.theme_id,
        region_code=words.region_code,
        submitted_at=now,
    )


def _author(sender: Sender, now: datetime) -> Author:
    return Author(
        kind=sender.kind,
        name=sender.name or None,
        email=sender.email or None,
        is_named=bool(sender.name and sender.is_named),
        language=i18n.current().code,
        consented_at=now,
    )


def _solutions(line_ids: Sequence[int]) -> list[OutputLine]:
    meeting = joinedload(OutputLine.workshop).joinedload(Workshop.meeting).selectinload(Meeting.regions)
    statement = (
        select(OutputLine)
        .where(OutputLine.id.in_(line_ids), OutputLine.kind == LineKind.SOLUTION)
        .options(meeting, selectinload(OutputLine.follows_from), selectinload(OutputLine.leads_to))
        .order_by(OutputLine.workshop_id, OutputLine.number)
    )
    return list(session.scalars(statement))


def _restated(cycle: Cycle, line: OutputLine, now: datetime) -> Idea:
    workshop = line.workshop
    regions = workshop.meeting.regions
    words = Words(
        proposal=line.text,
        problem=_together(line.follows_from),
        expected_result=_together(line.leads_to),
        theme_id=workshop.theme_id,
        region_code=regions[0].code if regions else None,
    )
    idea = _idea(cycle, words, Origin.WORKSHOP, once=f"line {line.id}", now=now)
    idea.source_line_id, idea.language = line.id, line.language
    return idea


def _together(lines: Sequence[OutputLine]) -> str | None:
    return "\n\n".join(line.text for line in lines) or None


def _in_every_language(sentence: i18n.Lazy) -> Translated:
    written = {}
    for code in ("ar", "fr", "en"):
        with i18n.speaking(code):
            written[code] = str(sentence)
    return Translated(written)
