"""Reads of what stands around an answer: its neighbours in the workshop, its drafts, the bundle on paper."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.models import AnswerDraft, Referral
from cocreation.study.policy import Bundle
from cocreation.study.queries.bundle import DRAFTED, is_whose
from cocreation.workshops.models import OutputLine
from cocreation.workshops.queries import outputs

FEW = 4  # of the lines that no link leads to
CAN_BE_SENT = Idea.state.in_((IdeaState.REFERRED, IdeaState.ANSWERED)) & Idea.hidden_at.is_(None)


@dataclass(frozen=True)
class WorkshopNeighbours:
    """A workshop's sentence among the others: what it follows from and leads to, and a few more around it;
    `left_out` is how many lines of the workshop are not named.
    """

    line: OutputLine
    linked: list[OutputLine]
    others: list[OutputLine]
    left_out: int


def neighbours(line: OutputLine | None) -> WorkshopNeighbours | None:
    """The neighbours of a line with its workshop loaded. Two statements, however many there are.

    The others answer the same problem, or else stand nearest to it in the workshop's order.
    """
    if line is None or line.workshop.published_at is None:
        return None
    said = outputs(line.workshop)
    linked = [*said.sources(line), *said.consequences(line)]
    beside = [other for source in said.sources(line) for other in said.consequences(source)]
    near = sorted(said.of(line.kind), key=lambda other: abs(other.number - line.number))
    named = {line.id, *(other.id for other in linked)}
    others = [other for other in dict.fromkeys([*beside, *near]) if other.id not in named][:FEW]
    others.sort(key=lambda other: other.number)
    return WorkshopNeighbours(line, linked, others, len(said.lines) - len(named) - len(others))


def drafts(own_bundle: Bundle) -> list[Referral]:
    """The referrals of a person's bundle whose answer was begun and can be sent, the oldest draft first."""
    idea = contains_eager(Referral.idea)
    statement = (
        select(Referral)
        .join(Referral.idea)
        .join(AnswerDraft, AnswerDraft.referral_id == Referral.id)
        .where(is_whose(own_bundle), CAN_BE_SENT)
        .options(idea.defer(Idea.tokens), joinedload(Referral.institution), DRAFTED)
        .order_by(AnswerDraft.begun_at, Referral.id)
    )
    return list(session.scalars(statement))


def cycles(own_bundle: Bundle) -> list[Cycle]:
    """The cycles of which a person has ideas, answered or not, the latest first."""
    sent = select(Idea.cycle_id).join(Referral, Referral.idea_id == Idea.id).where(is_whose(own_bundle))
    of_bundle = select(Cycle).where(Cycle.id.in_(sent))
    return list(session.scalars(of_bundle.order_by(Cycle.starts_on.desc(), Cycle.id)))
