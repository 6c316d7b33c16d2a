"""Mails about answers: to who wrote a comment or supported one, once, with what changed because of it."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.comment_answers.models import AnswerReason, CommentAnswer
from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.core.mail_kinds import MailKind, Urgency
from cocreation.documents.models import Change, SectionKind
from cocreation.text.cleanup import excerpt

SHOWN = 600  # characters of somebody's words, and of each side of a change
FEW = 12  # changes in one mail: the page has all


def sample_row() -> dict[str, object]:
    return {
        "reference": "2026-PC1-0017",
        "consultation": "2026-PC1",
        "answer_id": 1,
        "words": None,
        "said_in": "fr",
        "outcome": AnswerOutcome.TAKEN_UP.label.message,
        "reason": AnswerReason.CLEARER.label.message,
        "text": {"fr": "…"},
        "changes": [],
        "more": 0,
    }


ANSWERED = MailKind(
    "comment_answers/answered",
    sample=lambda: {"title": {"fr": "…"}, "wrote": [sample_row()], "supported": []},
    urgency=Urgency.MAILING,
)
REWORDED = MailKind(
    "comment_answers/reworded",
    sample=lambda: {"row": sample_row(), "why": {"fr": "…"}},
    urgency=Urgency.MAILING,
)
MAILS = (ANSWERED, REWORDED)


def row(
    comment: Comment, consultation: str, answer: CommentAnswer, changes: Sequence[Change]
) -> dict[str, object]:
    """What a mail says of a comment; the platform's words in English, to be translated when it leaves. Words
    that moderation hides are told to nobody.
    """
    return {
        "reference": comment.reference,
        "consultation": consultation,
        "answer_id": answer.id,
        "words": None if comment.is_silent else excerpt(comment.words, SHOWN),
        "said_in": comment.language,
        "outcome": answer.outcome.label.message,
        "reason": answer.reason.label.message,
        "text": answer.text,
        "changes": [_changed(change) for change in changes[:FEW]],
        "more": max(0, len(changes) - FEW),
    }


def _changed(change: Change) -> dict[str, object]:
    heading = change.section.heading if change.section.kind is SectionKind.FREE else None
    return {
        "heading": heading,
        "section": change.section.kind.label.message,
        "version": change.version.number,
        "language": change.language,
        "removed": excerpt(change.removed, SHOWN),
        "added": excerpt(change.added, SHOWN),
    }
