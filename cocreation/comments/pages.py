"""What the pages of comments say: a text with its sections and threads, a thread, the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cocreation.comments import policy, queries
from cocreation.comments.anchors import Anchor, QuoteStanding, anchor
from cocreation.comments.models import Comment
from cocreation.comments.queries import CommentOrder, Thread
from cocreation.comments.suggestions import Suggestion
from cocreation.consultations.models import ConsultationStage, ConsultedText
from cocreation.core.database import Translated
from cocreation.core.paging import Page
from cocreation.documents import comparison
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy
from cocreation.text import markup
from cocreation.text.differences import Piece

AROUND = 160  # characters shown around what stands in a later text


@dataclass(frozen=True)
class ConsultedSection:
    """A section of the consulted version, at its place in it."""

    words: SectionWords
    place: int
    comments: int = 0

    @property
    def heading(self) -> Translated | Lazy:
        return comparison.heading(self.words)

    @property
    def facts(self) -> list[tuple[Lazy, str]]:
        """None of a document whose sections have their place and heading among them: it stands above."""
        said = {} if self.words.place else comparison.said_facts(self.words)
        return [(comparison.FACTS[key], fact) for key, fact in said.items()]

    @property
    def languages(self) -> list[i18n.Language]:
        return [language for code, language in i18n.LANGUAGES.items() if self.words.text.get(code)]

    def language(self, wished: str) -> i18n.Language:
        """The one in which a wording is suggested: that asked for, else the page's, else the first."""
        spoken = {language.code: language for language in self.languages}
        codes = (wished, i18n.current().code, *spoken)
        return next((spoken[code] for code in codes if code in spoken), i18n.current())


@dataclass(frozen=True)
class TextPage:
    """A consulted text with what is said of it."""

    text: ConsultedText
    now: datetime
    order: CommentOrder = CommentOrder.NEW
    section: str = ""
    cursor: str | None = None

    @property
    def stage(self) -> ConsultationStage:
        return self.text.consultation.stage(self.now)

    @property
    def is_open(self) -> bool:
        return self.stage is ConsultationStage.OPEN

    @cached_property
    def counts(self) -> dict[int, int]:
        return queries.counts(self.text.id)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def sections(self) -> list[ConsultedSection]:
        standing = text_at(self.text.document_id, self.text.version)
        return [ConsultedSection(s, place, self.counts.get(place, 0)) for place, s in enumerate(standing, 1)]

    @property
    def chosen(self) -> ConsultedSection | None:
        """The section whose comments are shown alone."""
        return next((section for section in self.sections if section.words.uid == self.section), None)

    @cached_property
    def threads(self) -> Page[Comment]:
        place = self.chosen.place if self.chosen else None
        return queries.threads(self.text.id, self.order, place=place, cursor=self.cursor)

    def section_of(self, comment: Comment) -> ConsultedSection | None:
        return _about(comment, self.sections)


@dataclass(frozen=True)
class SaidSince:
    """What became of the words a comment quoted, in the last text that everyone reads. `reads_so`: the text
    says now what was suggested.
    """

    version: int
    standing: QuoteStanding
    reads_so: bool
    before: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class ThreadPage:
    """A comment in its thread, on the text it is about."""

    thread: Thread
    text: ConsultedText
    now: datetime
    signatures: Page[Comment] | None = None
    has_memorandum: bool = False
    sections: list[ConsultedSection] = field(default_factory=list)
    since: SaidSince | None = None

    @property
    def head(self) -> Comment:
        return self.thread.head

    @property
    def section(self) -> ConsultedSection | None:
        return _about(self.head, self.sections)

    @property
    def is_open(self) -> bool:
        return self.text.consultation.is_open(self.now)


def thread_page(reference: str, number: int, cursor: str | None, now: datetime) -> ThreadPage:
    """The page of a comment. Raises NotFound."""
    thread = queries.thread(reference, number, cursor)
    head, text = thread.head, queries.text_of(thread.head)
    memorandum = queries.memorandum(head.id) if head.commenter and head.commenter.speaks_for else None
    standing = text_at(text.document_id, text.version)
    return ThreadPage(
        thread=thread,
        text=text,
        now=now,
        has_memorandum=memorandum is not None,
        sections=[ConsultedSection(words, place) for place, words in enumerate(standing, 1)],
        since=None if head.is_silent else _since(head, text),
    )


def _about(comment: Comment, sections: list[ConsultedSection]) -> ConsultedSection | None:
    """The section it is about; None for the whole text."""
    uid = comment.section.uid if comment.section else None
    return next((section for section in sections if section.words.uid == uid), None)


def _since(comment: Comment, text: ConsultedText) -> SaidSince | None:
    """Where the words stand that somebody would have otherwise, once the text has a later public version."""
    latest = text.document.published or 0
    if comment.quote is None or comment.section is None or latest <= text.version:
        return None
    said = _words_since(text.document_id, latest, comment.section.uid, comment.suggested_in or "")
    around = comment.before or "", comment.after or ""
    place = anchor(comment.quote, *around, said)
    suggested = anchor(comment.wording or "", *around, said)
    reads_so = QuoteStanding.SAME is suggested.standing is not place.standing
    return _said_since(latest, said, suggested if reads_so else place, reads_so=reads_so)


def _words_since(document_id: int, version: int, uid: str, code: str) -> str:
    """What a section says in a version; nothing where it is gone."""
    sections = {words.uid: words for words in text_at(document_id, version)}
    return sections[uid].text.get(code, "") if uid in sections else ""


def _said_since(version: int, said: str, place: Anchor, *, reads_so: bool) -> SaidSince:
    if place.standing is QuoteStanding.GONE:
        return SaidSince(version, place.standing, reads_so)
    begins, ends = max(place.start - AROUND, 0), place.end + AROUND
    before = ("…" if begins else "") + said[begins : place.start]
    after = said[place.end : ends] + ("…" if ends < len(said) else "")
    return SaidSince(version, place.standing, reads_so, before, said[place.start : place.end], after)


def author(comment: Comment) -> str | None:
    """The name shown beside it."""
    return policy.author_name(comment.commenter)


def change(comment: Comment) -> list[Piece]:
    """The wording a comment suggests, as a change to the text."""
    if comment.wording is None:
        return []
    code = comment.suggested_in or ""
    words = (comment.quote or "", comment.before or "", comment.after or "", comment.wording)
    pieces = Suggestion(*words).pieces
    return [(kind, markup.in_order(said, code)) for kind, said in pieces]
