"""The gate: what hinders each text of a plan from being adopted; when a change has a cause. Pure values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from cocreation.core.enums import Named
from cocreation.documents import comparison
from cocreation.documents.models import CauseKind, Change, Document
from cocreation.documents.provenance import FollowedText, Traced
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import WHOLE, CommitmentSheet
from cocreation.text import markup


class Hindrance(Named):
    """Why a text is not adopted yet."""

    NOT_CONSULTED = "not_consulted", _l("it was never put to public comment")
    STILL_OPEN = "still_open", _l("its consultation is not closed yet")
    UNANSWERED = "unanswered", _l("comments on it have no public answer")
    NAMES_NOTHING = "names_nothing", _l("an answer takes something up and names no changed words")
    UNEXPLAINED = "unexplained", _l("words were changed and it is not said why")
    WEIGHTS = "weights", _l("the weights of its activities do not add up to 100")


@dataclass(frozen=True)
class UnexplainedWords:
    """Words that differ from the consulted text without a cause, where they stand. `change` is None for what
    no save accounts for.
    """

    text: FollowedText
    piece: Traced

    @property
    def change(self) -> int | None:
        return self.piece.change

    @property
    def words(self) -> str:
        key = self.text.key
        return said(key.fact, key.language, self.piece.words.strip())


@dataclass(frozen=True)
class Unanswered:
    """How many comments on a text have no public answer, and which came first."""

    count: int
    first: str


@dataclass(frozen=True)
class TextGate:
    """A commitment before its adoption. `sheet` is its last version; `explained` the changes with a cause."""

    commitment: Commitment
    document: Document
    sheet: CommitmentSheet
    texts: list[FollowedText] = field(default_factory=list)
    explained: Collection[int | None] = ()
    closes_at: datetime | None = None
    unanswered: Unanswered | None = None
    naming_nothing: tuple[str, ...] = ()

    @property
    def unexplained(self) -> list[UnexplainedWords]:
        return [
            UnexplainedWords(text, piece)
            for text in self.texts
            for piece in text.pieces
            if piece.is_changed and piece.change not in self.explained
        ]

    @property
    def unexplained_sections(self) -> list[list[UnexplainedWords]]:
        """The same, those of a section together."""
        groups = groupby(self.unexplained, lambda words: words.text.section.uid)
        return [list(group) for _uid, group in groups]

    @property
    def hindrances(self) -> list[Hindrance]:
        return list(self._hindrances())

    @property
    def is_changed(self) -> bool:
        """Whether there is something to adopt."""
        return self.document.adopted != self.document.latest

    def _hindrances(self) -> Iterator[Hindrance]:
        hinders: Mapping[Hindrance, object] = {
            Hindrance.NOT_CONSULTED: self.document.consulted is None,
            Hindrance.STILL_OPEN: self.closes_at,
            Hindrance.UNANSWERED: self.unanswered,
            Hindrance.NAMES_NOTHING: self.naming_nothing,
            Hindrance.UNEXPLAINED: self.unexplained,
            Hindrance.WEIGHTS: self.sheet.activities and self.sheet.weights != WHOLE,
        }
        yield from (hindrance for hindrance, stands in hinders.items() if stands)


def is_named(change: Change, answers: Collection[object]) -> bool:
    """Whether it is said why a change was made: an answer that was taken away is no cause any more."""
    return change.cause is not None and (change.cause is not CauseKind.ANSWER or bool(answers))


def said(fact: str, language: str, words: str) -> str:
    """Words of a text as they are shown; a fact that is no sentence as the sheet says it."""
    if language:
        return markup.in_order(words, language)
    bare = words.strip()
    return comparison.WORDED.get(fact, str)(bare) if bare else ""
