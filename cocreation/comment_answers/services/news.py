"""Telling who is concerned: each address once, with its own words, the answer and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import joinedload

from cocreation.comment_answers import emails
from cocreation.comment_answers.models import (
    AnsweredComment,
    AnswerPublication,
    AnswerRevision,
    CommentAnswer,
)
from cocreation.comment_answers.queries.answers import changes_of
from cocreation.comments.models import Comment, Commenter, CommentSupport
from cocreation.consultations.models import Consultation
from cocreation.core import outbox, secrets
from cocreation.core.chores import each_of
from cocreation.core.database import lock, session
from cocreation.languages.i18n import DEFAULT, LANGUAGES

CHUNK = 300  # addresses told in one transaction


@dataclass
class CommentRecipient:
    """Somebody to tell, with the comments they wrote and those they supported."""

    language: str
    wrote: list[int] = field(default_factory=list)
    supported: list[int] = field(default_factory=list)


def tell_due(now: datetime) -> int:
    """The worker's part: tell of what was published and of what was reworded. How many mails that were."""
    due = select(AnswerPublication.consultation_id).where(AnswerPublication.told_at.is_(None))
    published = session.scalars(due.order_by(AnswerPublication.published_at)).all()
    reworded = session.scalars(
        select(AnswerRevision.id).where(AnswerRevision.told_at.is_(None)).order_by(AnswerRevision.id)
    ).all()
    told = each_of("answers to tell", published, lambda key: _tell_published(key, now), now=now)
    return told + each_of("reworded answer to tell", reworded, lambda key: _tell_reworded(key, now), now=now)


def _tell_published(consultation_id: int, now: datetime) -> int:
    """All who are concerned, some in each transaction: killed in between it goes on, a key is queued once."""
    tells_supporters = session.get_one(AnswerPublication, consultation_id).tells_supporters
    of_consultation = Comment.consultation_id == consultation_id
    concerned = _recipients(of_consultation, supporters=tells_supporters)
    addresses, told = sorted(concerned), 0
    for start in range(0, len(addresses), CHUNK):
        publication = lock(AnswerPublication, consultation_id, joinedload(AnswerPublication.consultation))
        if publication.told_at:
            return told
        some = {address: concerned[address] for address in addresses[start : start + CHUNK]}
        told += _tell(publication.consultation, some, now)
        session.commit()
    publication = lock(AnswerPublication, consultation_id)
    publication.told_at = now
    return told


def _tell(consultation: Consultation, some: dict[str, CommentRecipient], now: datetime) -> int:
    ids = {key for recipient in some.values() for key in (*recipient.wrote, *recipient.supported)}
    rows = _rows(ids, consultation.reference)
    told = outbox.post_all(
        emails.ANSWERED,
        [
            {
                "to": address,
                "language": recipient.language,
                "key": f"comments answered:{consultation.id}:{secrets.digest(address)}",
                "context": {
                    "title": consultation.title,
                    "wrote": [rows[key] for key in recipient.wrote],
                    "supported": [rows[key] for key in recipient.supported if key not in recipient.wrote],
                },
            }
            for address, recipient in some.items()
        ],
    )
    written = {key for recipient in some.values() for key in recipient.wrote}
    session.execute(
        update(AnsweredComment).where(AnsweredComment.comment_id.in_(written)).values(told_at=now),
        execution_options={"synchronize_session": False},
    )
    return told


def _tell_reworded(revision_id: int, now: datetime) -> int:
    """Who wrote the comments of an answer that was reworded since."""
    revision = lock(AnswerRevision, revision_id)
    if revision.told_at:
        return 0
    revision.told_at = now
    concerned = _recipients(Comment.answer_id == revision.answer_id, supporters=False)
    reference = session.scalars(
        select(Consultation.reference)
        .join(CommentAnswer, CommentAnswer.consultation_id == Consultation.id)
        .where(CommentAnswer.id == revision.answer_id)
    ).one()
    rows = _rows({key for recipient in concerned.values() for key in recipient.wrote}, reference)
    return outbox.post_all(
        emails.REWORDED,
        [
            {
                "to": address,
                "language": recipient.language,
                "key": f"comment answer reworded:{revision.id}:{secrets.digest(address)}",
                "context": {"row": rows[recipient.wrote[0]], "why": revision.why},
            }
            for address, recipient in concerned.items()
        ],
    )


def _recipients(which: ColumnElement[bool], *, supporters: bool) -> dict[str, CommentRecipient]:
    """Everyone who wrote answered comments, each address once; with who supported them when `supporters`."""
    found: dict[str, CommentRecipient] = {}

    def recipient_at(address: str, language: str) -> CommentRecipient:
        spoken = language if language in LANGUAGES else DEFAULT.code
        return found.setdefault(address.lower(), CommentRecipient(spoken))

    stands = which, Comment.answered_at.is_not(None), Comment.withdrawn_at.is_(None)
    wrote = (
        select(Commenter.email, Comment.language, Comment.id)
        .join(Comment, Comment.id == Commenter.comment_id)
        .where(*stands, Commenter.email.is_not(None))
    )
    for address, language, comment_id in session.execute(wrote.order_by(Comment.id)):
        assert address
        recipient_at(address, language).wrote.append(comment_id)
    if supporters:
        supported = (
            select(CommentSupport.email, CommentSupport.language, Comment.id)
            .join(Comment, Comment.id == CommentSupport.comment_id)
            .where(*stands, CommentSupport.confirmed_at.is_not(None))
        )
        for address, language, comment_id in session.execute(supported.order_by(Comment.id)):
            recipient_at(address, language).supported.append(comment_id)
    return found


def _rows(comment_ids: set[int], consultation: str) -> dict[int, dict[str, object]]:
    """What the mails say of these comments. Three statements, however many there are."""
    comments: Sequence[Comment] = session.scalars(select(Comment).where(Comment.id.in_(comment_ids))).all()
    answer_ids = {comment.answer_id for comment in comments if comment.answer_id}
    answers = {
        answer.id: answer
        for answer in session.scalars(select(CommentAnswer).where(CommentAnswer.id.in_(answer_ids)))
    }
    changes = changes_of(answer_ids)
    return {
        comment.id: emails.row(
            comment, consultation, answers[comment.answer_id], changes.get(comment.answer_id, [])
        )
        for comment in comments
        if comment.answer_id
    }
