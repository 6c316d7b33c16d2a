"""What the pages of answers say, worked out before they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cocreation.comment_answers.models import CommentAnswer
from cocreation.comment_answers.policy import shown_author
from cocreation.comment_answers.queries.consultations import AnswerTally
from cocreation.comments.anchors import GONE, anchor
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation
from cocreation.core.database import Translated
from cocreation.documents.models import Change, Document
from cocreation.documents.queries import text_at
from cocreation.languages import i18n
from cocreation.text.differences import Piece, differences


@dataclass(frozen=True)
class QuotedSection:
    """What the section of a comment says in the version that was consulted on: with the suggested wording as
    a change, word by word. `language` is that of the words.
    """

    pieces: Sequence[Piece]
    language: str


@dataclass(frozen=True)
class CommentCase:
    """One comment on the desk: its text, its answer, what is said of it and what is like it."""

    consultation: Consultation
    comment: Comment
    author: str | None
    answer: CommentAnswer | None
    section: QuotedSection | None
    replies: Sequence[Comment]
    like: Sequence[tuple[Comment, int]]
    campaign: int
    next: Comment | None
    tally: AnswerTally
    narrowing: Mapping[str, str]


@dataclass(frozen=True)
class AnswerSheet:
    """One answer on the desk: what may be done with it, the changes it can name and those it names."""

    consultation: Consultation
    answer: CommentAnswer
    changes: Sequence[tuple[Document, Change]]
    named: Collection[int]
    names: Mapping[int, str]
    may_read: bool
    may_edit: bool
    authors: Mapping[int, str | None]


def quoted_section(comment: Comment) -> QuotedSection | None:
    """The section of a comment, None of one on the whole text or where the section says nothing. Needs its
    text and section.
    """
    if comment.section is None:
        return None
    said = text_at(comment.text.document_id, comment.text.version)
    words = next((section.text for section in said if section.uid == comment.section.uid), None)
    if words is None:
        return None
    return _with_suggestion(words, comment)


def _with_suggestion(words: Translated, comment: Comment) -> QuotedSection:
    if comment.wording is None or comment.suggested_in is None:
        page = i18n.current()
        text, language = words.best(page.code, page.falls_back)
        return QuotedSection([("kept", text)], language)
    text = words.get(comment.suggested_in, "")
    quote = comment.quote or ""
    place = anchor(quote, comment.before or "", comment.after or "", text)
    if place.standing is GONE.standing:
        return QuotedSection(differences(quote, comment.wording), comment.suggested_in)
    changed = text[: place.start] + comment.wording + text[place.end :]
    return QuotedSection(differences(text, changed), comment.suggested_in)


def authors(comments: Sequence[Comment]) -> dict[int, str | None]:
    """Who wrote these comments, as they chose, by the comments' ids."""
    return {comment.id: shown_author(comment) for comment in comments}
