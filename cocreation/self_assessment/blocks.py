"""The report in the order of the self-assessment of July 2023: context, method, tracking system, overall, by
axis, a sheet for each commitment, participation, lessons. Pure.

A block is a narrative that the secretariat writes, with tokens for its figures; beneath it stands what is
made from the snapshot alone. Together they are the sections of the document on which everyone comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.documents.models import SectionKind
from cocreation.documents.sections import SectionWords
from cocreation.languages import i18n
from cocreation.languages.i18n import REQUIRED, Lazy, gettext as _, lazy_gettext as _l
from cocreation.self_assessment import figures as values, tokens
from cocreation.self_assessment.figures import (
    FrozenFigures,
    SnapshotActivity,
    SnapshotAxis,
    SnapshotCommitment,
    SnapshotFigure,
    SnapshotIndicator,
    SnapshotObstacle,
    TokenValues,
    percent,
    said,
)

TITLE = SectionKind.TITLE.value
GAP = 1000  # between the places of two sections
MOST_OF_BLOCK = 12_000  # characters of a narrative: filled in, it stays within what a section holds
MOST_OF_SECTION = 18_000  # what is longer goes on in a section of its own

HEADINGS: Mapping[str, Lazy] = {
    "context": _l("Context"),
    "method": _l("Method"),
    "system": _l("How the plan is tracked"),
    "overall": _l("Overall progress"),
    "participation": _l("Participation while the plan was carried out"),
    "lessons": _l("Lessons"),
}
BEFORE_AXES = ("context", "method", "system", "overall")
AFTER_SHEETS = ("participation", "lessons")

# Numbers follow a colon: in Arabic the noun behind a number depends on it, and a token can be any number.
PREFILLED: Mapping[str, Lazy] = {
    TITLE: _l("Self-assessment of the plan “{{plan.title}}”"),
    "context": _l(
        "This report says how far the commitments of “{{plan.title}}” were carried out by {{as_of}}. Number "
        "of commitments: {{plan.commitments}}; of axes: {{plan.axes}}; of activities: {{plan.activities}}."
    ),
    "method": _l(
        "The progress of a commitment is the mean of its activities by their weights; that of an axis is the "
        "mean of its commitments; that of the plan is {{plan.rule}}. Two figures stand side by side: what "
        "was declared, and what is proved by evidence that stands."
    ),
    "system": _l(
        "Those who lead a project report each activity in every reporting period, with what was done, what "
        "stood in the way and what proves it. Pieces of evidence given: {{plan.evidence}}; of those, that "
        "stand: {{plan.evidence.standing}}; obstacles named: {{plan.obstacles}}."
    ),
    "overall": _l(
        "On {{as_of}} the plan stands at {{plan.progress}} as declared ({{plan.progress.exact}} to the "
        "hundredth) and at {{plan.evidenced}} as evidenced. Commitments that are complete: "
        "{{commitments.complete}}; with substantial progress: {{commitments.substantial}}; with limited "
        "progress: {{commitments.limited}}; not started: {{commitments.not_started}}."
    ),
    "participation": _l(
        "Consultation meetings held while the plan was carried out: {{participation.meetings}}; coordination "
        "meetings: {{participation.sittings}}; public consultations opened: {{participation.consultations}}; "
        "comments received in them: {{participation.comments}}."
    ),
    "lessons": _l("What was learned is written here before the report is put to public comment."),
}
AXIS_PREFILLED = _l(
    "This axis stands at {{axis.NUMBER.progress}} as declared and at {{axis.NUMBER.evidenced}} as evidenced. "
    "Number of its commitments: {{axis.NUMBER.commitments}}."
)
SHEET_PREFILLED = _l(
    "This commitment stands at {{commitment.progress}} as declared and at {{commitment.evidenced}} as "
    "evidenced. Number of its activities: {{commitment.activities}}; of those that are complete: "
    "{{commitment.complete}}."
)


@dataclass(frozen=True)
class NarrativeBlock:
    """A place where something is written. `axis` and `commitment` are what it is about, where it is a chapter
    of one.
    """

    uid: str
    heading: Translated
    prefilled: Translated
    axis: SnapshotAxis | None = None
    commitment: SnapshotCommitment | None = None

    @property
    def is_title(self) -> bool:
        return self.uid == TITLE


def blocks(figures: FrozenFigures) -> list[NarrativeBlock]:
    """Those of a report on these figures, in their order, the title first."""
    return [
        NarrativeBlock(TITLE, _everywhere(_l("Title")), _everywhere(PREFILLED[TITLE])),
        *(_named(uid) for uid in BEFORE_AXES),
        *(_of_axis(axis) for axis in figures.axes),
        *(_of_commitment(commitment) for commitment in figures.commitments),
        *(_named(uid) for uid in AFTER_SHEETS),
    ]


def prefilled(figures: FrozenFigures) -> dict[str, Translated]:
    """What each block says before anybody has written."""
    return {block.uid: block.prefilled for block in blocks(figures)}


def _named(uid: str) -> NarrativeBlock:
    return NarrativeBlock(uid, _everywhere(HEADINGS[uid]), _everywhere(PREFILLED[uid]))


def _of_axis(axis: SnapshotAxis) -> NarrativeBlock:
    words = _everywhere(AXIS_PREFILLED)
    own = Translated({code: text.replace("NUMBER", str(axis.number)) for code, text in words.items()})
    return NarrativeBlock(f"axis-{axis.number}", axis.name, own, axis=axis)


def _of_commitment(commitment: SnapshotCommitment) -> NarrativeBlock:
    heading = Translated({code: f"{commitment.name} – {words}" for code, words in commitment.title.items()})
    return NarrativeBlock(commitment.name, heading, _everywhere(SHEET_PREFILLED), commitment=commitment)


def _everywhere(sentence: Lazy) -> Translated:
    """A sentence in the languages of the state."""
    words = {}
    for code in REQUIRED:
        with i18n.speaking(code):
            words[code] = str(sentence)
    return Translated(words)


class Composition:
    """The sections of a report, each said in the languages of the state from what was written and what is in
    the snapshot.
    """

    def __init__(self, figures: FrozenFigures, written: Mapping[str, Mapping[str, str]]) -> None:
        self.figures, self.written = figures, written
        self.blocks = blocks(figures)
        self._values: dict[tuple[str, str], TokenValues] = {}

    def values_of(self, block: NarrativeBlock, code: str) -> TokenValues:
        """The tokens that have a figure in a block, in a language."""
        sheet = block.commitment.name if block.commitment else ""
        if ("", code) not in self._values:
            with i18n.speaking(code):
                self._values["", code] = values.tokens(self.figures)
        if (sheet, code) not in self._values and block.commitment:
            with i18n.speaking(code):
                own = values.of_sheet(block.commitment)
            self._values[sheet, code] = {**self._values["", code], **own}
        return self._values[sheet, code]

    def text(self, block: NarrativeBlock) -> Translated:
        """What is written in a block, with the figures in it."""
        words = self.written.get(block.uid, {})
        return Translated({code: self._filled(block, code, text) for code, text in words.items() if text})

    def best(self, block: NarrativeBlock, code: str, falls_back: tuple[str, ...]) -> tuple[str, str]:
        """What is written in a block, its tokens as they were typed, and the language it is in."""
        return Translated(self.written.get(block.uid, {})).best(code, falls_back)

    def flags(self, block: NarrativeBlock) -> list[tuple[str, tokens.Flag]]:
        """All that is flagged in a block, with the language it stands in."""
        elsewhere = values.is_of_a_sheet(self.figures)
        return [
            (code, flag)
            for code, text in self.written.get(block.uid, {}).items()
            for flag in tokens.flags(text, self.values_of(block, code), elsewhere)
        ]

    def sections(self) -> list[SectionWords]:
        """All of the document, in its order."""
        title, *rest = self.blocks
        listed = [SectionWords(TITLE, SectionKind.TITLE, self.text(title))]
        for block in rest:
            listed += self._sections(block)
        return [
            section if section.uid == TITLE else _at(section, place * GAP)
            for place, section in enumerate(listed)
        ]

    def _sections(self, block: NarrativeBlock) -> Iterator[SectionWords]:
        own = self.text(block)
        if block.axis or block.uid == "overall":
            own = _joined(own, _in_languages(lambda: list(self._lines(block))))
        yield _section(block.uid, block.heading, own)
        if block.commitment:
            yield from _sheet(block.commitment)

    def _lines(self, block: NarrativeBlock) -> Iterator[str]:
        if block.axis:
            for row in self.figures.of_axis(block.axis):
                yield _line(f"{row.name} – {said(row.title)}", row.figure, row.dropped_on)
            return
        for axis in self.figures.axes:
            yield _line(said(axis.name), axis.figure)
        yield _line(_("The whole plan"), self.figures.plan)

    def _filled(self, block: NarrativeBlock, code: str, text: str) -> str:
        by_name = self.values_of(block, code)
        return tokens.filled(text, lambda name: by_name[name].value if name in by_name else None)


def _line(name: str, figure: SnapshotFigure, dropped_on: str | None = None) -> str:
    parts = [
        _("declared %(share)s", share=percent(figure.declared, places=2)),
        _("evidenced %(share)s", share=percent(figure.evidenced, places=2)),
    ]
    if figure.level:
        parts.append(str(figure.level.label))
    if dropped_on:
        parts.append(_("dropped by the review"))
    return _("%(name)s: %(words)s", name=name, words=" · ".join(parts))


def _sheet(commitment: SnapshotCommitment) -> Iterator[SectionWords]:
    """What a commitment promised and how far it is: each part a section of its own."""
    name, title = commitment.name, f"{commitment.name} – "
    for part, label, text in (
        ("problem", _l("Problem"), commitment.problem),
        ("solution", _l("Proposed solution"), commitment.solution),
        ("result", _l("Expected result"), commitment.result),
    ):
        if text:
            yield _section(f"{name}-{part}", _prefixed(title, label), text)
    parts = (
        ("activities", _l("Activities"), lambda: [_activity(row) for row in commitment.activities]),
        ("obstacles", _l("Obstacles"), lambda: [_obstacle(row) for row in commitment.obstacles]),
        ("indicators", _l("Indicators"), lambda: [_indicator(row) for row in commitment.indicators]),
    )
    for part, label, lines in parts:
        for number, text in enumerate(_portions(lines), 1):
            uid = f"{name}-{part}" if number == 1 else f"{name}-{part}-{number}"
            yield _section(uid, _prefixed(title, label), text)


def _activity(activity: SnapshotActivity) -> str:
    level = str(activity.level.label) if activity.level else _("no level given")
    shares = []
    if activity.declared is not None:
        shares = [_("declared %(share)s", share=percent(activity.declared * values.PERCENT))]
        proved = None if activity.evidenced is None else activity.evidenced * values.PERCENT
        shares.append(_("evidenced %(share)s", share=percent(proved)))
    name = f"{i18n.format_number(activity.number)}. {said(activity.title)}"
    line = _("%(name)s: %(words)s", name=name, words=" · ".join([level, *shares]))
    return f"{line}\n{activity.actions}" if activity.actions else line


def _obstacle(obstacle: SnapshotObstacle) -> str:
    of = _("Activity %(number)s", number=i18n.format_number(obstacle.activity))
    return _("%(name)s: %(words)s", name=f"{of} ({obstacle.of.label})", words=obstacle.words)


def _indicator(indicator: SnapshotIndicator) -> str:
    measured = [
        f"{label} {value}"
        for label, value in (
            (_("baseline:"), indicator.baseline),
            (_("target:"), indicator.target),
            (_("value:"), indicator.value),
        )
        if value
    ]
    return said(indicator.label) + (f" ({' · '.join(measured)})" if measured else "")


def _portions(lines: Callable[[], list[str]]) -> Iterator[Translated]:
    """The lines in the languages of the state, in as many texts as they need."""
    spoken = _in_languages(lines)
    parts = {code: list(_cut(words)) for code, words in spoken.items()}
    for number in range(max((len(part) for part in parts.values()), default=0)):
        yield Translated({code: part[number] for code, part in parts.items() if number < len(part)})


def _cut(lines: Iterable[str]) -> Iterator[str]:
    portion: list[str] = []
    for line in lines:
        if portion and sum(map(len, portion)) + len(portion) + len(line) > MOST_OF_SECTION:
            yield "\n".join(portion)
            portion = []
        portion.append(line[:MOST_OF_SECTION])
    if portion:
        yield "\n".join(portion)


def _in_languages(lines: Callable[[], list[str]]) -> dict[str, list[str]]:
    spoken = {}
    for code in REQUIRED:
        with i18n.speaking(code):
            spoken[code] = lines()
    return spoken


def _joined(text: Translated, more: Mapping[str, list[str]]) -> Translated:
    both = {code: (text.get(code, ""), "\n".join(lines)) for code, lines in more.items()}
    return Translated({code: "\n\n".join(filter(None, parts)) for code, parts in both.items()})


def _prefixed(prefix: str, label: Lazy) -> Translated:
    return Translated({code: f"{prefix}{words}" for code, words in _everywhere(label).items()})


def _section(uid: str, heading: Translated, text: Translated) -> SectionWords:
    named = {code: words for code, words in heading.items() if words}
    return SectionWords(uid, SectionKind.FREE, text, {"heading": named})


def _at(section: SectionWords, place: int) -> SectionWords:
    return SectionWords(section.uid, section.kind, section.text, {**section.facts, "place": place})
