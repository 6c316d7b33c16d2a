"""What the pages of a report say: its blocks with their figures, each with the way to its arithmetic; what is
written in them, with its tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.core.errors import NotFound
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.self_assessment import figures as values, tokens
from cocreation.self_assessment.blocks import Composition, NarrativeBlock
from cocreation.self_assessment.figures import FrozenFigures, TokenValue
from cocreation.self_assessment.models import AssessmentReport, AssessmentVersion
from cocreation.self_assessment.queries import FlaggedText, flagged


@dataclass(frozen=True)
class NarrativePiece:
    """Words, or the value of a token with what it is of."""

    words: str
    token: TokenValue | None = None


@dataclass(frozen=True)
class ReportChapter:
    """A block as it is read, in the language `language`: paragraphs of pieces."""

    block: NarrativeBlock
    language: i18n.Language
    paragraphs: Sequence[Sequence[NarrativePiece]]


@dataclass(frozen=True)
class ReportPage:
    figures: FrozenFigures
    title: ReportChapter
    chapters: Sequence[ReportChapter]

    def named(self, *uids: str) -> list[ReportChapter]:
        return [chapter for chapter in self.chapters if chapter.block.uid in uids]

    @property
    def axes(self) -> list[ReportChapter]:
        return [chapter for chapter in self.chapters if chapter.block.axis]

    @property
    def sheets(self) -> list[ReportChapter]:
        return [chapter for chapter in self.chapters if chapter.block.commitment]

    @property
    def bands(self) -> list[tuple[str, int, int]]:
        """Each band with the commitments and the activities in it."""
        commitments = values.counted([c.figure.level for c in self.figures.standing])
        activities = values.counted([a.level for a in self.figures.activities])
        return [(name, count, activities[key][1]) for key, (name, count) in commitments.items()]


def report_page(version: AssessmentVersion) -> ReportPage:
    """A version of a report in the language that is spoken."""
    composition = Composition(values.read(version.snapshot.figures), version.blocks)
    title, *rest = (_chapter(composition, block) for block in composition.blocks)
    return ReportPage(composition.figures, title, rest)


def _chapter(composition: Composition, block: NarrativeBlock) -> ReportChapter:
    spoken = i18n.current()
    text, code = composition.best(block, spoken.code, spoken.falls_back)
    tokens_there = composition.values_of(block, code)
    paragraphs = [_pieces(line, tokens_there) for line in text.splitlines() if line.strip()]
    return ReportChapter(block, i18n.LANGUAGES[code], [list(paragraph) for paragraph in paragraphs])


def _pieces(line: str, tokens_there: values.TokenValues) -> Iterator[NarrativePiece]:
    for words, name in tokens.pieces(line):
        token = tokens_there.get(name) if name else None
        if token or words:
            yield NarrativePiece(token.value if token else words, token)


@dataclass(frozen=True)
class WritingPlace:
    """A block as it is written: its text in each language, and what is flagged in it."""

    block: NarrativeBlock
    text: Translated
    flagged: Sequence[FlaggedText]


@dataclass(frozen=True)
class WritingPage:
    """A report as the secretariat writes it."""

    composition: Composition
    places: Sequence[WritingPlace]
    flagged: Sequence[FlaggedText]

    def place(self, uid: str) -> WritingPlace:
        """Raises NotFound."""
        for place in self.places:
            if place.block.uid == uid:
                return place
        raise NotFound


def writing_page(report: AssessmentReport, version: AssessmentVersion) -> WritingPage:
    """The last version of a report, with its figures filled in."""
    composition = Composition(values.read(report.snapshot.figures), version.blocks)
    found = flagged(report, version)
    places = [
        WritingPlace(block, composition.text(block), [text for text in found if text.block.uid == block.uid])
        for block in composition.blocks
    ]
    return WritingPage(composition, places, found)


def help_for(page: WritingPage, block: NarrativeBlock) -> list[tuple[str, list[TokenValue]]]:
    """The tokens that can be used in a block with their values now, by what they are of."""
    own = page.composition.values_of(block, i18n.current().code)
    groups: dict[str, list[TokenValue]] = {}
    for name, token in own.items():
        groups.setdefault(_group(name), []).append(token)
    return [(str(label), groups[key]) for key, label in GROUPS.items() if key in groups]


def _group(name: str) -> str:
    first = name.split(".")[0]
    if first == "commitment":
        second = name.split(".")[1]
        return "commitments" if second[:1] == "C" and second[1:].isdigit() else "sheet"
    return {"axis": "axes", "participation": "participation"}.get(first, "plan")


GROUPS: Mapping[str, Lazy] = {
    "sheet": _l("This commitment"),
    "plan": _l("The plan"),
    "axes": _l("Its axes"),
    "commitments": _l("Its commitments"),
    "participation": _l("Participation"),
}
