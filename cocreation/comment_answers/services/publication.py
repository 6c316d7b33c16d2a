"""Publication: every answer of a consultation at once, with the register; rewording one later, in public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from cocreation.comment_answers.models import (
    AnsweredComment,
    AnswerPublication,
    AnswerRevision,
    CommentAnswer,
)
from cocreation.comment_answers.policy import COUNTS
from cocreation.comment_answers.queries.answers import CHANGED, references_of
from cocreation.comment_answers.queries.consultations import (
    ANSWERS_SOMEBODY,
    WITH_TEXTS,
    last_unconfirmed,
    tally,
    without_approved_answer,
    without_changed_words,
)
from cocreation.comment_answers.refusals import (
    AnswerNotPublic,
    AnswersPublic,
    AnswerUnchanged,
    ChangedWordsMissing,
    CommentsStillConfirmed,
    CommentsUnanswered,
    ConsultationStillOpen,
    NoCommentsToAnswer,
    ReasonOfAnother,
    WordsOfAnswerMissing,
)
from cocreation.comment_answers.services.answers import GivenAnswer, named
from cocreation.comment_answers.services.changes import detach
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation, TellingKind
from cocreation.consultations.services.tellings import tell_followers
from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.documents.models import Change
from cocreation.ledger import journal
from cocreation.ledger.journal import Action

UNTRACKED = {"synchronize_session": False}


def publish_answers(
    consultation_id: int, *, tells_supporters: bool = False, by: int, now: datetime
) -> AnswerPublication:
    """Make every answer public, and say in each comment what is answered; the worker then tells who wrote
    them (`services.news`), with `tells_supporters` also who supported them.

    Raises NotFound, AnswersPublic, ConsultationStillOpen, NoCommentsToAnswer, CommentsUnanswered,
    CommentsStillConfirmed, ChangedWordsMissing.
    """
    consultation = lock(Consultation, consultation_id, *WITH_TEXTS)
    if consultation.answered_at:
        raise AnswersPublic
    if now < consultation.closes_at:
        raise ConsultationStillOpen(at=consultation.closes_at)
    _must_be_whole(consultation_id)
    if last := last_unconfirmed(consultation_id, now):
        raise CommentsStillConfirmed(at=last)
    content = _content(consultation_id)
    public = update(CommentAnswer).where(CommentAnswer.consultation_id == consultation_id, ANSWERS_SOMEBODY)
    session.execute(public.values(published_at=now), execution_options=UNTRACKED)
    repeated = update(Comment).where(
        Comment.id == AnsweredComment.comment_id,
        AnsweredComment.answer_id == CommentAnswer.id,
        CommentAnswer.consultation_id == consultation_id,
        COUNTS,
    )
    said = {"outcome": CommentAnswer.outcome, "answer": CommentAnswer.text, "answer_id": CommentAnswer.id}
    session.execute(repeated.values(**said, answered_at=now), execution_options=UNTRACKED)
    session.expire_all()
    consultation = lock(Consultation, consultation_id, *WITH_TEXTS)
    consultation.answered_at = now
    publication = AnswerPublication(
        consultation_id=consultation_id, published_by=by, published_at=now, tells_supporters=tells_supporters
    )
    session.add(publication)
    tell_followers(consultation_id, TellingKind.ANSWERED, now)
    comments = sum(len(answer["comments"]) for answer in content)
    audit.record("comment answers published", consultation.reference, by=by, now=now, answers=len(content))
    journal.append(
        Action.REPLIED,
        consultation.reference,
        now,
        answers=len(content),
        comments=comments,
        seal=journal.seal(content),
    )
    return publication


def revise(answer_id: int, given: GivenAnswer, why: Translated, *, by: int, now: datetime) -> AnswerRevision:
    """Say something else in a published answer, with a reason that everyone reads; what it said is kept. Who
    wrote the comments is told where the outcome or the words are others. An answer that no longer says that
    the text changed is the cause of no words any more.

    Raises NotFound, AnswerNotPublic, ReasonOfAnother, WordsOfAnswerMissing, AnswerUnchanged,
    ChangedWordsMissing, ChangeAdopted.
    """
    consultation_id = found(session.get(CommentAnswer, answer_id)).consultation_id
    consultation = lock(Consultation, consultation_id, *WITH_TEXTS)
    loaded = selectinload(CommentAnswer.revisions), selectinload(CommentAnswer.changes)
    answer = lock(CommentAnswer, answer_id, *loaded)
    if not answer.published_at:
        raise AnswerNotPublic
    _must_fit(answer, given)
    tells = (answer.outcome, answer.text) != (given.outcome, given.text)
    revision = AnswerRevision(
        answer_id=answer.id,
        number=len(answer.revisions) + 1,
        outcome=answer.outcome,
        reason=answer.reason,
        text=answer.text,
        why=why,
        revised_by=by,
        revised_at=now,
        told_at=None if tells else now,
    )
    session.add(revision)
    if answer.changes and not given.outcome.changes_words:
        detach(answer.id, [link.change_id for link in answer.changes], by=by, now=now)
        session.expire(answer, ["changes"])
        session.refresh(answer, ["changes"])
    for name, value in vars(given).items():
        setattr(answer, name, value)
    session.flush()
    repeated = update(Comment).where(Comment.answer_id == answer.id)
    session.execute(
        repeated.values(outcome=given.outcome, answer=given.text),
        execution_options={"synchronize_session": "fetch"},
    )
    audit.record("comment answer reworded", f"answer {answer.id}", by=by, now=now)
    content = _content(consultation.id, answer.id)
    journal.append(
        Action.REPLIED, consultation.reference, now, reworded=answer.id, why=why, seal=journal.seal(content)
    )
    return revision


def _must_fit(answer: CommentAnswer, given: GivenAnswer) -> None:
    if given.outcome not in given.reason.outcomes:
        raise ReasonOfAnother
    if not any(given.text.values()):
        raise WordsOfAnswerMissing
    said = answer.outcome, answer.reason, answer.text, answer.institution_id
    if said == tuple(vars(given).values()):
        raise AnswerUnchanged
    if given.outcome.changes_words and not answer.changes:
        raise ChangedWordsMissing(count=1, references=named(references_of([answer.id])))


def _must_be_whole(consultation_id: int) -> None:
    if not tally(consultation_id).comments:
        raise NoCommentsToAnswer
    for refusal, lacking in (
        (CommentsUnanswered, without_approved_answer),
        (ChangedWordsMissing, without_changed_words),
    ):
        count, references = lacking(consultation_id)
        if count:
            more = " …" if count > len(references) else "."
            raise refusal(count=count, references=named(references) + more)


def _content(consultation_id: int, answer_id: int | None = None) -> list[dict[str, Sequence[object]]]:
    """What the register seals of the answers: it can be shown later that they said so, and changed this."""
    statement = select(CommentAnswer).where(
        CommentAnswer.consultation_id == consultation_id, ANSWERS_SOMEBODY
    )
    if answer_id:
        statement = statement.where(CommentAnswer.id == answer_id)
    comments = selectinload(CommentAnswer.answered).joinedload(AnsweredComment.comment)
    rows = session.scalars(statement.options(*CHANGED, comments).order_by(CommentAnswer.id))
    return [
        {
            "comments": sorted(row.comment.reference for row in answer.answered),
            "said": [answer.outcome.value, answer.reason.value, dict(answer.text)],
            "changes": [
                _sealed(link.change) for link in sorted(answer.changes, key=lambda link: link.change_id)
            ],
        }
        for answer in rows
    ]


def _sealed(change: Change) -> list[object]:
    at = change.section.uid, change.version.number, change.language, change.fact
    return [*at, change.removed, change.added]
