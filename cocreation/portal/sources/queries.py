"""Reads of the chain: from a sentence of a workshop to its idea, from a commitment back to its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Text, cast, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload, load_only

from cocreation.adoption.models import CarriedIdea
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import Translated, TranslatedText, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Axis, Cycle
from cocreation.documents.models import Section
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.plan.queries import commitments
from cocreation.tracking.models import TrackedCommitment, TrackedPlan
from cocreation.workshops.models import OutputLine

# What became part of a commitment is known once the fate is public.
_SOURCES = Idea.state == IdeaState.PUBLISHED


def ideas_of(workshop: Workshop) -> dict[int, Idea]:
    """The public ideas that restate lines of a workshop, by the id of the line."""
    statement = (
        select(Idea)
        .join(OutputLine, OutputLine.id == Idea.source_line_id)
        .where(OutputLine.workshop_id == workshop.id, Idea.state != IdeaState.UNCONFIRMED)
        .options(load_only(Idea.reference, Idea.state, Idea.fate, Idea.source_line_id))
    )
    return {idea.source_line_id: idea for idea in session.scalars(statement) if idea.source_line_id}


@dataclass(frozen=True)
class CommitmentLinks:
    """What a commitment is tied to: how many `ideas` went into it, which its sections carry, by the name of
    the section, and the consultations on it; whether it is carried out, so that there is progress to read of.
    """

    ideas: int
    is_tracked: bool
    carried: Mapping[str, Sequence[str]]
    consultations: Sequence[CommitmentTalk]


@dataclass(frozen=True)
class CommitmentTalk:
    """A consultation on a commitment, and how many comments on it count."""

    reference: str
    title: Translated
    comments: int


def links(commitment: Commitment) -> CommitmentLinks:
    """All of them in one statement."""
    nothing = cast(null(), Text)
    counted = select(literal("ideas"), nothing, nothing, cast(null(), TranslatedText), func.count())
    carried = (
        select(literal("carried"), Section.uid, Idea.reference, cast(null(), TranslatedText), Idea.id)
        .join(CarriedIdea, CarriedIdea.section_id == Section.id)
        .join(CarriedIdea.idea)
        .where(Section.document_id == commitment.document_id)
    )
    count = (
        select(func.count())
        .where(Comment.text_id == ConsultedText.id, Comment.confirmed_at.is_not(None))
        .where(Comment.withdrawn_at.is_(None))
        .correlate(ConsultedText)
        .scalar_subquery()
    )
    talks = (
        select(literal("talk"), nothing, Consultation.reference, Consultation.title, count)
        .join(Consultation.texts)
        .where(ConsultedText.document_id == commitment.document_id)
        .where(Consultation.announced_at.is_not(None))
    )
    ideas = counted.select_from(Idea).where(Idea.commitment_id == commitment.id, _SOURCES)
    tracked = select(literal("tracked"), nothing, nothing, cast(null(), TranslatedText), func.count())
    tracked = tracked.where(TrackedCommitment.commitment_id == commitment.id)
    rows = session.execute(union_all(ideas, carried, talks, tracked)).all()
    numbers = {row[0]: row[4] for row in rows}
    by_section: dict[str, list[str]] = defaultdict(list)
    for _kind, uid, reference, _title, _number in sorted(
        (row for row in rows if row[0] == "carried"), key=itemgetter(4)
    ):
        by_section[uid].append(reference)
    return CommitmentLinks(
        numbers["ideas"],
        bool(numbers["tracked"]),
        by_section,
        [CommitmentTalk(row[2], row[3], row[4]) for row in rows if row[0] == "talk"],
    )


def sources(commitment: Commitment, cursor: str | None) -> Page[Idea]:
    """One page of the ideas that went into a commitment, with where each came from."""
    of_commitment = (Idea.commitment_id == commitment.id, _SOURCES)
    origin = joinedload(Idea.source_line).joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    ideas = select(Idea).where(*of_commitment).options(origin, joinedload(Idea.region))
    return page(ideas, Idea.id, cursor=cursor, size=30, descending=False)


def is_tracked(cycle: Cycle | None) -> bool:
    """Whether the plan of a cycle is carried out, so that there is progress to read of."""
    return cycle is not None and session.get(TrackedPlan, cycle.id) is not None


def plan_of(cycle: Cycle) -> list[tuple[Axis, list[tuple[Commitment, int]]]]:
    """The published commitments of a cycle under their axes, each with how many ideas went into it."""
    count = (
        select(func.count())
        .select_from(Idea)
        .where(Idea.commitment_id == Commitment.id, _SOURCES)
        .correlate(Commitment)
        .scalar_subquery()
    )
    statement = commitments(cycle).where(Commitment.published_at.is_not(None)).add_columns(count)
    rows = [(commitment, ideas) for commitment, ideas in session.execute(statement)]
    return [(axis, list(group)) for axis, group in groupby(rows, lambda row: row[0].axis)]
