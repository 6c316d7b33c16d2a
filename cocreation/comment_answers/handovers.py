"""What waits for the staff of comments to answer, and who acts next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.comment_answers.emails import ANSWERED
from cocreation.comment_answers.models import AnswerStage, CommentAnswer
from cocreation.comment_answers.policy import COUNTS, READERS
from cocreation.comment_answers.queries.consultations import ANSWERS_SOMEBODY, IS_ANSWERED, of_stage
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation
from cocreation.languages.i18n import lazy_gettext as _l

UNANSWERED = Consultation.answered_at.is_(None)


def _to_answer(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Comment.confirmed_at, due=Consultation.answers_by, about=Consultation.reference)
    rows = rows.select_from(Comment).join(Comment.consultation)
    return rows.where(COUNTS, UNANSWERED, Consultation.announced_at.is_not(None), ~IS_ANSWERED)


def _to_send(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CommentAnswer.drafted_at, due=Consultation.answers_by, about=Consultation.reference)
    return _answers(rows, AnswerStage.DRAFT)


def _returned(person: Person, now: datetime) -> WaitingRows:
    rows = waits(CommentAnswer.returned_at, due=Consultation.answers_by, about=Consultation.reference)
    return _answers(rows, AnswerStage.RETURNED)


def _to_read(person: Person, now: datetime) -> WaitingRows:
    """Whom `policy.can_read_second` lets read it."""
    rows = waits(CommentAnswer.sent_at, due=Consultation.answers_by, about=Consultation.reference)
    return _answers(rows, AnswerStage.SENT).where(CommentAnswer.drafted_by != person.id)


def _to_publish(person: Person, now: datetime) -> WaitingRows:
    """Once nothing is left to answer, and nobody can comment any more."""
    rows = waits(CommentAnswer.approved_at, due=Consultation.answers_by, about=Consultation.reference)
    left = select(Comment.id).where(Comment.consultation_id == Consultation.id, COUNTS, ~IS_ANSWERED)
    closed = Consultation.closes_at <= now
    return _answers(rows, AnswerStage.APPROVED).where(closed, ~left.correlate(Consultation).exists())


def _answers(rows: WaitingRows, stage: AnswerStage) -> WaitingRows:
    rows = rows.select_from(CommentAnswer).join(CommentAnswer.consultation)
    return rows.where(of_stage(stage), UNANSWERED, ANSWERS_SOMEBODY)


TO_ANSWER = WaitingKind(
    "comment_answers.to_answer",
    SECRETARIAT,
    _l("Comments to answer"),
    "manage_comment_answers.comment_desk",
    _to_answer,
    "reference",
)
TO_SEND = WaitingKind(
    "comment_answers.to_send",
    SECRETARIAT,
    _l("Answers to comments to send to a second reader"),
    "manage_comment_answers.answer_list",
    _to_send,
    "reference",
)
RETURNED = WaitingKind(
    "comment_answers.returned",
    SECRETARIAT,
    _l("Answers to comments that came back with a question"),
    "manage_comment_answers.answer_list",
    _returned,
    "reference",
)
TO_READ = WaitingKind(
    "comment_answers.to_read",
    READERS,
    _l("Answers to comments to read as their second reader"),
    "manage_comment_answers.answer_list",
    _to_read,
    "reference",
)
TO_PUBLISH = WaitingKind(
    "comment_answers.to_publish",
    SECRETARIAT,
    _l("Approved answers to comments, to publish"),
    "manage_comment_answers.answer_list",
    _to_publish,
    "reference",
)

WAITING = (TO_READ, RETURNED, TO_ANSWER, TO_SEND, TO_PUBLISH)
STATES = (
    NextActor(AnswerStage.DRAFT, waits=(TO_SEND,)),
    NextActor(AnswerStage.RETURNED, waits=(RETURNED,)),
    NextActor(AnswerStage.SENT, waits=(TO_READ,)),
    NextActor(AnswerStage.APPROVED, waits=(TO_ANSWER, TO_PUBLISH)),
    NextActor(AnswerStage.PUBLISHED, told=(ANSWERED,)),
)
