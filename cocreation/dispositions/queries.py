"""The table of dispositions: what became of every comment, once the answers are public; and its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from cocreation.comment_answers.models import CommentAnswer
from cocreation.comment_answers.policy import COUNTS
from cocreation.comment_answers.queries.answers import changes_of
from cocreation.comments.models import AnswerOutcome, Comment, Commenter, CommenterKind, Stance
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import Translated, session
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Axis
from cocreation.demographics.suppression import Figure, shown_parts
from cocreation.directory.models import Region
from cocreation.documents.models import Change, Section, SectionKind
from cocreation.plan.models import Commitment

CHUNK = 200


@dataclass(frozen=True)
class DispositionFilter:
    """What narrows the table; None narrows nothing."""

    text: int | None = None
    section: int | None = None
    stance: Stance | None = None
    kind: CommenterKind | None = None
    outcome: AnswerOutcome | None = None

    @property
    def chosen(self) -> list[str]:
        """The names of what narrows."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


@dataclass(frozen=True)
class Disposition:
    """What became of one comment: the answer to it, and the words it changed."""

    comment: Comment
    answer: CommentAnswer
    changes: Sequence[Change]


ROW = (
    joinedload(Comment.text).joinedload(ConsultedText.document),
    joinedload(Comment.section),
    joinedload(Comment.commenter).joinedload(Commenter.association),
)


def must_be_answered(consultation: Consultation) -> None:
    """Raises NotFound while the answers are not public."""
    if consultation.answered_at is None:
        raise NotFound


def dispositions(
    consultation_id: int, narrowed: DispositionFilter, cursor: str | None = None, size: int = 5
) -> Page[Disposition]:
    rows = page(_rows(consultation_id, narrowed), Comment.id, cursor=cursor, size=size, descending=False)
    return Page(_told(rows.items), rows.next, rows.previous)


def all_dispositions(consultation_id: int, narrowed: DispositionFilter) -> Iterator[Disposition]:
    """Every row of the table, a few at a time, however many there are."""
    statement, last = _rows(consultation_id, narrowed).order_by(Comment.id).limit(CHUNK), 0
    while rows := session.scalars(statement.where(Comment.id > last)).all():
        last = rows[-1].id
        yield from _told(rows)


def outcome_counts(consultation_id: int, narrowed: DispositionFilter) -> list[tuple[AnswerOutcome, int]]:
    """How many comments came to each outcome, of those that all else leaves."""
    statement = select(Comment.outcome, func.count(Comment.id))
    of_consultation = statement.where(Comment.consultation_id == consultation_id)
    others = DispositionFilter(narrowed.text, narrowed.section, narrowed.stance, narrowed.kind)
    counts = dict(
        session.execute(of_consultation.where(*_conditions(others)).group_by(Comment.outcome)).all()
    )
    return [(outcome, counts[outcome]) for outcome in AnswerOutcome if counts.get(outcome)]


def _told(comments: Sequence[Comment]) -> list[Disposition]:
    """Three statements, however many comments there are."""
    ids = {comment.answer_id for comment in comments if comment.answer_id}
    answers = select(CommentAnswer).where(CommentAnswer.id.in_(ids))
    by_id = {
        answer.id: answer
        for answer in session.scalars(answers.options(joinedload(CommentAnswer.institution)))
    }
    changes = changes_of(ids)
    return [
        Disposition(comment, by_id[comment.answer_id], changes.get(comment.answer_id, ()))
        for comment in comments
        if comment.answer_id
    ]


def _rows(consultation_id: int, narrowed: DispositionFilter) -> Select[Comment]:
    statement = select(Comment).where(Comment.consultation_id == consultation_id)
    return statement.where(*_conditions(narrowed)).options(*ROW)


def _conditions(narrowed: DispositionFilter) -> list[ColumnElement[bool]]:
    """A comment that was taken back after it was answered keeps its row, without its words."""
    of_kind = select(Commenter.comment_id).where(Commenter.kind == narrowed.kind)
    conditions: dict[str, ColumnElement[bool]] = {
        "text": Comment.text_id == narrowed.text,
        "section": Comment.section_id == narrowed.section,
        "stance": Comment.stance == narrowed.stance,
        "kind": Comment.id.in_(of_kind),
        "outcome": Comment.outcome == narrowed.outcome,
    }
    return [Comment.answered_at.is_not(None), *(conditions[name] for name in narrowed.chosen)]


@dataclass(frozen=True)
class CommentFigures:
    """How many comments there are by axis, section, kind of participant and region, and what they came to. Of
    a region, those of persons apart from those of associations: a few are hidden, and what would tell them.
    """

    outcomes: list[tuple[AnswerOutcome, int]]
    axes: list[tuple[Translated | None, int]]
    sections: list[tuple[SectionKind | None, int]]
    kinds: list[tuple[CommenterKind, int]]
    regions: list[tuple[Translated | None, Figure, Figure, Figure]]


def figures(consultation_id: int) -> CommentFigures:
    """Four statements, however many comments there are."""
    axes = session.execute(
        select(Axis.name, func.count(Comment.id))
        .select_from(Comment)
        .join(ConsultedText, ConsultedText.id == Comment.text_id)
        .outerjoin(Commitment, Commitment.document_id == ConsultedText.document_id)
        .outerjoin(Axis, Axis.id == Commitment.axis_id)
        .where(Comment.consultation_id == consultation_id, COUNTS)
        .group_by(Axis.id)
        .order_by(Axis.position, Axis.id)
    )
    sections = _counted(Section.kind, consultation_id)
    by_kind: Counter[CommenterKind] = Counter()
    of_all: Counter[str] = Counter()
    of_persons: Counter[str] = Counter()
    for code, kind, count in _by_region(consultation_id):
        by_kind[kind] += count
        of_all[code or ""] += count
        of_persons[code or ""] += count if kind is CommenterKind.PERSON else 0
    return CommentFigures(
        outcome_counts(consultation_id, DispositionFilter()),
        [(name, count) for name, count in axes],
        [(kind, sections[kind]) for kind in (*SectionKind, None) if kind in sections],
        [(kind, by_kind[kind]) for kind in CommenterKind if by_kind[kind]],
        _regions(of_all, of_persons),
    )


def _counted(
    column: InstrumentedAttribute[SectionKind], consultation_id: int
) -> dict[SectionKind | None, int]:
    statement = select(column, func.count(Comment.id)).select_from(Comment)
    statement = statement.outerjoin(Section, Section.id == Comment.section_id)
    counted = statement.where(Comment.consultation_id == consultation_id, COUNTS).group_by(column)
    return dict(session.execute(counted).all())


def _by_region(consultation_id: int) -> Iterator[tuple[str | None, CommenterKind, int]]:
    statement = select(Commenter.region_code, Commenter.kind, func.count(Comment.id)).select_from(Comment)
    statement = statement.join(Commenter, Commenter.comment_id == Comment.id)
    counted = statement.where(Comment.consultation_id == consultation_id, COUNTS)
    yield from session.execute(counted.group_by(Commenter.region_code, Commenter.kind))


def _regions(
    of_all: Counter[str], of_persons: Counter[str]
) -> list[tuple[Translated | None, Figure, Figure, Figure]]:
    names = {region.code: region.name for region in session.scalars(select(Region).order_by(Region.code))}
    shown = shown_parts(of_all, of_persons)
    rows: list[tuple[Translated | None, Figure, Figure, Figure]] = []
    for code in (*names, ""):
        if code not in shown:
            continue
        both, persons = shown[code]
        hidden = next((figure for figure in (persons, both) if not isinstance(figure, int)), None)
        associations = hidden if hidden is not None else of_all[code] - of_persons[code]
        rows.append((names.get(code), both, persons, associations))
    return rows
