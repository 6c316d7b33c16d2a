"""Acts that make new ideas out of one: its parts, or itself again in a later cycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import inspect, select

from cocreation.core import clock, secrets
from cocreation.core.database import Translated, lock, session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Author, Idea, IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.services.steps import receive
from cocreation.ideas.words import IdeaWords
from cocreation.ledger import journal
from cocreation.merges import refusals
from cocreation.merges.emails import tell
from cocreation.merges.services.links import (
    check_on_the_way,
    check_reason,
    entries,
    join,
    link,
    linked,
    locked,
    locked_with_cycle,
)
from cocreation.reasons.models import Fate
from cocreation.screening.services import copy_screening
from cocreation.submission import emails as submission_emails
from cocreation.submission.services.ideas import new_idea
from cocreation.text.markup import isolate_text

MOST_PARTS = 5


def split(
    reference: str, parts: Sequence[str], reason: Translated, *, by: int, now: datetime
) -> list[Lineage]:
    """An idea becomes two to five new ones, each with its number and its author's receipt; the links.

    A part stands where screening left the whole: received, or accepted and to be sent to the institution it
    concerns, since no institution has seen the part. Raises LinkReasonMissing, WrongParts, NoSuchIdea,
    WordsNotShown, AlreadyJoined, AlreadySettled, NotToMerge, PreparedNotLinked.
    """
    check_reason(reason)
    if not 2 <= len(parts) <= MOST_PARTS or not all(part.strip() for part in parts):
        raise refusals.WrongParts
    cycle, ideas = locked_with_cycle(reference)
    idea = ideas[reference]
    check_on_the_way([idea])
    _check_shown(idea)
    before = idea.state
    rows = [_copy(idea, cycle, IdeaWords(proposal=part, theme_id=idea.theme_id), now) for part in parts]
    receive(cycle, rows, now=now)
    for part in rows:
        part.state, part.accepted = stood_at(before), idea.accepted
        copy_screening(idea.id, part.id)
    links = [join(idea, part, Kinship.SPLIT_INTO, reason, before=before, by=by, now=now) for part in rows]
    _hand_out(rows)
    tell(links)
    journal.append_all(entries(links), now)
    return links


def carry_over(reference: str, reason: Translated, *, by: int, now: datetime) -> Lineage:
    """A deferred idea is received again in the next cycle, in its words, for its author; its fate stays.

    Raises LinkReasonMissing, NoSuchIdea, NotDeferred, WordsNotShown, AlreadyLinked, NoLaterCycle.
    """
    check_reason(reason)
    later = _next_cycle(reference, now)
    idea = locked([reference])[reference]
    if idea.fate is not Fate.DEFERRED:
        raise refusals.NotDeferred
    _check_shown(idea)
    if linked(idea, Kinship.CARRIED_OVER):
        raise refusals.AlreadyLinked
    words = IdeaWords(proposal=idea.proposal, problem=idea.problem, expected_result=idea.expected_result)
    again = _copy(idea, later, words, now)
    again.language = idea.language
    receive(later, [again], now=now)
    relation = link(idea, again, Kinship.CARRIED_OVER, reason, by=by, now=now)
    _hand_out([again])
    tell([relation])
    journal.append_all(entries([relation]), now)
    return relation


def stood_at(before: IdeaState | None) -> IdeaState:
    """Where a part stands when the whole stood at `before`."""
    screened = (IdeaState.ACCEPTED, IdeaState.REFERRED, IdeaState.ANSWERED)
    return IdeaState.ACCEPTED if before in screened else IdeaState.RECEIVED


def _check_shown(idea: Idea) -> None:
    if idea.is_silent:
        raise refusals.WordsNotShown(reference=isolate_text(idea.reference))


def _next_cycle(reference: str, now: datetime) -> Cycle:
    """The first cycle after the idea's that is not over, locked. Raises NoSuchIdea, NoLaterCycle."""
    begins = select(Cycle.starts_on).join(Idea).where(Idea.reference == reference)
    starts_on = session.scalar(begins)
    if starts_on is None:
        raise refusals.NoSuchIdea(reference=isolate_text(reference))
    later = select(Cycle.id).where(Cycle.starts_on > starts_on, Cycle.ends_on >= clock.day_of(now))
    key = session.scalar(later.order_by(Cycle.starts_on, Cycle.id).limit(1))
    if key is None:
        raise refusals.NoLaterCycle
    return lock(Cycle, key)


def _copy(idea: Idea, cycle: Cycle, words: IdeaWords, now: datetime) -> Idea:
    """A new idea with these words that came as `idea` came, from the same author; not received yet."""
    row = new_idea(cycle, words, idea.origin, once=f"lineage {secrets.new_token()}", now=now)
    row.region_code, row.submitted_at = idea.region_code, idea.submitted_at
    if idea.author:
        row.author = _same_author(idea.author)
    return row


def _same_author(author: Author) -> Author:
    """The same person behind another idea."""
    columns = [column.key for column in inspect(Author).column_attrs if column.key != "idea_id"]
    return Author(**{key: getattr(author, key) for key in columns})


def _hand_out(ideas: Sequence[Idea]) -> None:
    for idea in ideas:
        submission_emails.send_receipt(idea)
