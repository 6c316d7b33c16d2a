"""A text with what was changed in it since its consultation, and a numbered note for each reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cocreation.adoption.gate import is_named, said
from cocreation.adoption.pages import FACTS
from cocreation.comment_answers.models import CommentAnswer
from cocreation.core.database import Translated
from cocreation.documents.models import CauseKind, Change
from cocreation.documents.provenance import FollowedText, Traced
from cocreation.documents.sections import SectionWords
from cocreation.languages import i18n
from cocreation.languages.i18n import LANGUAGES, Lazy
from cocreation.text.differences import Kind


@dataclass(frozen=True)
class CauseNote:
    """Why words were changed, of which the first stand at `place`. `cause` is None where it is not said yet."""

    number: int
    place: int
    cause: CauseKind | None
    reason: Translated | None
    source: str | None
    answers: Sequence[CommentAnswer]

    def is_of(self, comment: str) -> bool:
        """Whether an answer to the comment of this reference is the reason."""
        return any(row.comment.reference == comment for answer in self.answers for row in answer.answered)


@dataclass(frozen=True)
class AnnotatedPiece:
    """Words that stayed, or that went or came for the reason of `note`. `place` numbers the changed ones."""

    kind: Kind
    words: str
    note: CauseNote | None = None
    place: int = 0


@dataclass(frozen=True)
class AnnotatedText:
    """One text of a section; `label` names the fact it is of."""

    label: Lazy | None
    pieces: list[AnnotatedPiece]


@dataclass(frozen=True)
class AnnotatedSection:
    section: SectionWords
    texts: list[AnnotatedText]


@dataclass(frozen=True)
class AnnotatedDocument:
    """The sections in which words changed, those in which none did, and the notes in their order."""

    sections: list[AnnotatedSection]
    unchanged: list[SectionWords]
    notes: list[CauseNote]

    def of_comment(self, comment: str) -> int:
        """In how many places words were changed because of a comment."""
        pieces = (p for section in self.sections for text in section.texts for p in text.pieces)
        return sum(p.note is not None and p.note.is_of(comment) for p in pieces)


def languages_of(texts: Iterable[FollowedText]) -> list[i18n.Language]:
    """Those in which a text says or said something."""
    spoken = {text.key.language for text in texts if text.pieces}
    return [language for code, language in LANGUAGES.items() if code in spoken]


def annotated(
    texts: Sequence[FollowedText],
    changes: Iterable[Change],
    answers: Mapping[int, Sequence[CommentAnswer]],
    code: str,
) -> AnnotatedDocument:
    """What is said in the language `code` and in none, section by section."""
    numbering = _Numbering({change.id: change for change in changes}, answers)
    sections = _by_section(texts, code)
    changed = [own for own in sections if _is_changed(own)]
    with i18n.speaking(code):
        told = [
            AnnotatedSection(own[0].section, [_annotated(text, numbering) for text in filter(_is_told, own)])
            for own in changed
        ]
    unchanged = [own[0].section for own in sections if not _is_changed(own)]
    return AnnotatedDocument(told, unchanged, numbering.notes)


def _by_section(texts: Iterable[FollowedText], code: str) -> list[list[FollowedText]]:
    found: dict[str, list[FollowedText]] = {}
    for text in texts:
        if text.pieces and text.key.language in (code, ""):
            found.setdefault(text.section.uid, []).append(text)
    return list(found.values())


def _is_changed(texts: Iterable[FollowedText]) -> bool:
    return any(text.is_changed for text in texts)


def _is_told(text: FollowedText) -> bool:
    """The words of a section, and what changed of its facts."""
    return text.is_changed or not text.key.fact


def _annotated(text: FollowedText, numbering: _Numbering) -> AnnotatedText:
    key = text.key
    return AnnotatedText(
        FACTS.get(key.fact),
        [
            AnnotatedPiece(piece.kind, said(key.fact, key.language, piece.words), *numbering.of(piece))
            for piece in text.pieces
        ],
    )


class _Numbering:
    """Notes as they are first needed: one for each reason."""

    def __init__(self, changes: Mapping[int, Change], answers: Mapping[int, Sequence[CommentAnswer]]) -> None:
        self._changes, self._answers = changes, answers
        self._by_reason: dict[object, CauseNote] = {}
        self._places = 0

    @property
    def notes(self) -> list[CauseNote]:
        return list(self._by_reason.values())

    def of(self, piece: Traced) -> tuple[CauseNote | None, int]:
        """The note of a piece, and its place among those that changed."""
        if not piece.is_changed:
            return None, 0
        self._places += 1
        change = self._changes.get(piece.change or 0)
        answers = self._answers.get(change.id, ()) if change else ()
        if change is None or not is_named(change, answers):
            return self._note((), None, None, None, ()), self._places
        answers = answers if change.cause is CauseKind.ANSWER else ()
        reason = tuple(sorted((change.reason or {}).items()))
        which = (change.cause, reason, change.source, tuple(answer.id for answer in answers))
        return self._note(which, change.cause, change.reason, change.source, answers), self._places

    def _note(
        self,
        which: Collection[object],
        cause: CauseKind | None,
        reason: Translated | None,
        source: str | None,
        answers: Sequence[CommentAnswer],
    ) -> CauseNote:
        number = len(self._by_reason) + 1
        return self._by_reason.setdefault(
            which, CauseNote(number, self._places, cause, reason, source, answers)
        )
