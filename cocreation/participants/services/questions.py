"""The questions an organiser adds to the form of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.meetings.models.meeting import Meeting
from cocreation.participants import refusals
from cocreation.places.models.answers import AnswerType, MeetingQuestion, Reply

WITH_OPTIONS = (AnswerType.ONE, AnswerType.SEVERAL)


@dataclass(frozen=True)
class QuestionDetails:
    """A question. `options` are the choices in each language, one on each line."""

    label: Translated
    asks: AnswerType
    options: Translated = field(default_factory=Translated)
    is_required: bool = False
    is_internal: bool = False

    def choices(self) -> list[dict[str, str]]:
        """Its choices, each in every language given; none for a text and a yes or no.

        Raises TooFewOptions, OptionsUneven.
        """
        if self.asks not in WITH_OPTIONS:
            return []
        lines = {
            code: [line.strip() for line in words.splitlines() if line.strip()]
            for code, words in self.options.items()
        }
        if len({len(option) for option in lines.values()}) > 1:
            raise refusals.OptionsUneven
        if not lines or len(next(iter(lines.values()))) < 2:
            raise refusals.TooFewOptions
        codes = list(lines)
        return [dict(zip(codes, option, strict=True)) for option in zip(*lines.values(), strict=True)]


def add_question(meeting_id: int, asked: QuestionDetails, *, by: int, now: datetime) -> MeetingQuestion:
    """Add a question after the others. Raises NotFound, TooFewOptions, OptionsUneven."""
    meeting = lock(Meeting, meeting_id)
    choices = asked.choices()
    last = select(func.max(MeetingQuestion.position)).where(MeetingQuestion.meeting_id == meeting.id)
    question = MeetingQuestion(meeting_id=meeting.id, position=(session.scalar(last) or 0) + 1)
    _write(question, asked, choices)
    session.add(question)
    audit.record("question added", meeting.reference, by=by, now=now)
    return question


def change_question(
    meeting_id: int, question_id: int, asked: QuestionDetails, *, by: int, now: datetime
) -> MeetingQuestion:
    """Change a question. Once somebody has answered it, choices can be added and words changed, no more.

    Raises NotFound, TooFewOptions, OptionsUneven, AlreadyAnswered.
    """
    meeting = lock(Meeting, meeting_id)
    question, choices = get_question(meeting.id, question_id), asked.choices()
    is_other = asked.asks != question.asks or len(choices) < len(question.options)
    is_other = is_other or asked.is_internal != question.is_internal
    if is_other and answers_to([question]).get(question.id):
        raise refusals.AlreadyAnswered
    _write(question, asked, choices)
    audit.record("question changed", meeting.reference, by=by, now=now)
    return question


def remove_question(meeting_id: int, question_id: int, *, by: int, now: datetime) -> None:
    """Take a question out, with what was answered to it. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    session.delete(get_question(meeting.id, question_id))
    audit.record("question removed", meeting.reference, by=by, now=now)


def move_question_up(meeting_id: int, question_id: int, *, by: int, now: datetime) -> None:
    """Ask a question before the one that stands before it; the first stays. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    question = get_question(meeting.id, question_id)
    rows = list_questions(meeting.id)
    place = rows.index(question)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows, 1):
        row.position = position
    audit.record("question moved", meeting.reference, by=by, now=now)


def list_questions(meeting_id: int) -> list[MeetingQuestion]:
    """All questions of a meeting, in their order."""
    questions = select(MeetingQuestion).where(MeetingQuestion.meeting_id == meeting_id)
    return list(session.scalars(questions.order_by(MeetingQuestion.position, MeetingQuestion.id)))


def get_question(meeting_id: int, question_id: int) -> MeetingQuestion:
    """A question of this meeting. Raises NotFound."""
    questions = select(MeetingQuestion).where(MeetingQuestion.meeting_id == meeting_id)
    return found(session.scalar(questions.where(MeetingQuestion.id == question_id)))


def answers_to(questions: Sequence[MeetingQuestion]) -> dict[int, int]:
    """How many people have answered each of `questions`, by its id."""
    counted = (
        select(Reply.question_id, func.count())
        .where(Reply.question_id.in_([question.id for question in questions]))
        .group_by(Reply.question_id)
    )
    return dict(iter(session.execute(counted)))


def _write(question: MeetingQuestion, asked: QuestionDetails, choices: list[dict[str, str]]) -> None:
    question.label, question.asks, question.options = asked.label, asked.asks, choices
    question.is_required = asked.is_required and not asked.is_internal
    question.is_internal = asked.is_internal
