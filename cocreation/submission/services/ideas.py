"""Sending an idea: written by its author or entered for them, confirmed, received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.core import audit, clock, outbox, secrets
from cocreation.core.database import found, lock, session
from cocreation.core.personal_data import is_erased
from cocreation.cycles.models import Cycle, Phase
from cocreation.ideas.models.idea import Author, AuthorKind, Idea, IdeaState, Origin
from cocreation.ideas.services.steps import by_receipt, receive
from cocreation.ideas.words import IdeaWords
from cocreation.languages import i18n
from cocreation.submission import emails
from cocreation.submission.refusals import (
    IdeaConfirmed,
    IntakeClosed,
    LinkExpired,
    MailsEnough,
    NotReceivedThen,
    SlipUsed,
)
from cocreation.submission.services import attachments, drafts, vouchers
from cocreation.text.language_guess import guess_language

# How long the link that confirms an idea works.
CONFIRM_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Sender:
    """Who an idea comes from. The name is shown only where `is_named`; `association_id` is the verified
    association it says to speak for, whose name is shown once it has confirmed that.
    """

    kind: AuthorKind = AuthorKind.PERSON
    name: str | None = None
    email: str | None = None
    is_named: bool = False
    association_id: int | None = None


def submit(cycle_id: int, words: IdeaWords, sender: Sender, *, once: str, now: datetime) -> Idea:
    """An unconfirmed idea, and the mail whose link confirms it. The same `once` returns the same idea.

    The files that came with its form are its own; the draft of its form stays until it is confirmed.

    Raises IntakeClosed unless the cycle's calendar is collecting ideas.
    """
    cycle = lock(Cycle, cycle_id, selectinload(Cycle.phases))
    if sent := session.scalar(select(Idea).where(Idea.once == once)):
        attachments.let_go(sent)
        return sent
    if not cycle.is_open(Phase.INTAKE, clock.day_of(now)):
        raise IntakeClosed
    idea = new_idea(cycle, words, Origin.ONLINE, once=once, now=now)
    idea.author = _author(sender, now)
    session.add(idea)
    session.flush()
    attachments.hand_over(idea)
    emails.ask_to_confirm(idea, until=expires_at(idea))
    return idea


def ask_again(idea_id: int, address: str, *, now: datetime) -> Idea:
    """Who sent an idea and has not confirmed it is written to once more, at another `address` where they
    mistyped the first: then the link that went there opens nothing any more.

    Raises NotFound, IdeaConfirmed, LinkExpired, MailsEnough.
    """
    idea = lock(Idea, idea_id, selectinload(Idea.author))
    if idea.is_public:
        raise IdeaConfirmed
    if expires_at(idea) <= now:
        raise LinkExpired(day=clock.day_of(expires_at(idea)))
    key = emails.another_to_confirm(idea)
    if key is None:
        raise MailsEnough
    author = found(idea.author)
    if author.email != address:
        outbox.withdraw(idea.receipt)
        author.email, idea.receipt = address, secrets.new_receipt()
    emails.ask_to_confirm(idea, until=expires_at(idea), key=key)
    return idea


def expires_at(idea: Idea) -> datetime:
    """When the link that confirms an idea stops working."""
    return idea.submitted_at + CONFIRM_WITHIN


def confirm(receipt: str, *, now: datetime) -> Idea:
    """The author proves the address: the idea gets its number and is received. Once; then nothing changes.

    An idea sent while intake was open may be confirmed after it closed. Raises NotFound, LinkExpired.
    """
    idea = by_receipt(receipt)
    if idea.is_public:
        return idea
    if expires_at(idea) <= now:
        raise LinkExpired(day=clock.day_of(expires_at(idea)))
    receive(lock(Cycle, idea.cycle_id), [idea], now=now)
    drafts.discard(attachments.number_of(idea.once))
    if idea.author:
        emails.send_receipt(idea)
    vouchers.ask(idea)
    return idea


def enter(
    cycle_id: int,
    words: IdeaWords,
    sender: Sender,
    origin: Origin,
    *,
    once: str,
    slip: str = "",
    received_on: date | None = None,
    by: int,
    now: datetime,
) -> Idea:
    """The secretariat enters an idea that came on paper or by e-mail: received on the day it came, today
    where none is said, with its receipt; whether or not ideas are still collected.

    The code of the paper's `slip`, where there is one, becomes the receipt. Raises SlipUsed,
    NotReceivedThen.
    """
    cycle = lock(Cycle, cycle_id)
    if entered := session.scalar(select(Idea).where(Idea.once == once)):
        attachments.let_go(entered)
        return entered
    if slip and (used := session.scalar(select(Idea).where(Idea.receipt == slip))):
        raise SlipUsed(reference=used.reference or "—")
    if slip and is_erased(slip):
        raise SlipUsed(reference="—")
    came_at = _came_at(cycle, received_on, now)
    idea = new_idea(cycle, words, origin, once=once, now=came_at)
    idea.receipt, idea.author = slip or idea.receipt, _author(sender, now)
    receive(cycle, [idea], now=came_at)
    attachments.hand_over(idea)
    emails.send_receipt(idea)
    vouchers.ask(idea)
    audit.record("idea entered", str(idea.reference), by=by, now=now, origin=str(origin))
    return idea


def _came_at(cycle: Cycle, day: date | None, now: datetime) -> datetime:
    """The moment an idea is said to have come: noon of a day that is past."""
    if day in (None, clock.day_of(now)):
        return now
    assert day
    if not cycle.starts_on <= day <= min(cycle.ends_on, clock.day_of(now)):
        raise NotReceivedThen(start=cycle.starts_on, end=min(cycle.ends_on, clock.day_of(now)))
    return clock.noon(day)


def new_idea(cycle: Cycle, words: IdeaWords, origin: Origin, *, once: str, now: datetime) -> Idea:
    said = " ".join(filter(None, (words.proposal, words.problem, words.expected_result)))
    return Idea(
        cycle_id=cycle.id,
        receipt=secrets.new_receipt(),
        once=once,
        origin=origin,
        state=IdeaState.UNCONFIRMED,
        language=guess_language(said),
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
        association_id=sender.association_id,
    )
