"""What a snapshot holds, read: figures of the plan, its axes, its commitments with their sheets; and the
value of each token. Pure.

Progress is kept in hundredths of a percent, None where nothing is known. Values are said in the language
that is spoken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TypeVar

from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, gettext as _, lazy_gettext as _l
from cocreation.tracking.arithmetic import ProgressBand
from cocreation.tracking.models import ObstacleKind, PlanRule

PERCENT = 100  # hundredths of a percent in one
SUBSTANTIAL = (ProgressBand.SUBSTANTIAL, ProgressBand.ADVANCED)  # one name in the source
Row = TypeVar("Row")


@dataclass(frozen=True)
class SnapshotFigure:
    """Declared and evidenced progress, on the plan as it stands and as it was first adopted (`former`)."""

    declared: int | None = None
    evidenced: int | None = None
    former_declared: int | None = None
    former_evidenced: int | None = None
    band: str | None = None
    is_published: bool = False

    @property
    def level(self) -> ProgressBand | None:
        return ProgressBand(self.band) if self.band else None


@dataclass(frozen=True)
class SnapshotActivity:
    """An activity as it was reported last. `band` is None where nothing was ever ticked or reported."""

    number: int
    title: Translated
    band: str | None
    declared: int | None = None
    evidenced: int | None = None
    weight: int | None = None
    actions: str = ""
    language: str = ""
    starts_on: str | None = None
    ends_on: str | None = None
    due_on: str | None = None

    @property
    def figure(self) -> SnapshotFigure:
        """Its percentages as those of a commitment are kept."""
        declared, evidenced = self.declared, self.evidenced
        return SnapshotFigure(
            None if declared is None else declared * PERCENT,
            None if evidenced is None else evidenced * PERCENT,
        )

    @property
    def level(self) -> ProgressBand | None:
        return ProgressBand(self.band) if self.band else None


@dataclass(frozen=True)
class SnapshotObstacle:
    activity: int
    kind: str
    words: str
    language: str

    @property
    def of(self) -> ObstacleKind:
        return ObstacleKind(self.kind)


@dataclass(frozen=True)
class SnapshotIndicator:
    label: Translated
    unit: Translated
    baseline: str = ""
    target: str = ""
    value: str = ""
    source: str = ""


@dataclass(frozen=True)
class SnapshotCommitment:
    """A commitment with its sheet. `evidence` counts what was given and what of it stands."""

    reference: str
    number: int
    axis: int
    title: Translated
    institution: Translated
    figure: SnapshotFigure
    dropped_on: str | None = None
    problem: Translated = field(default_factory=Translated)
    solution: Translated = field(default_factory=Translated)
    result: Translated = field(default_factory=Translated)
    activities: Sequence[SnapshotActivity] = ()
    obstacles: Sequence[SnapshotObstacle] = ()
    indicators: Sequence[SnapshotIndicator] = ()
    evidence: int = 0
    standing: int = 0

    @property
    def name(self) -> str:
        """Its name in tokens and addresses of this room: C07."""
        return f"C{self.number:02d}"

    @property
    def unreported(self) -> list[SnapshotActivity]:
        return [activity for activity in self.activities if activity.band is None]


@dataclass(frozen=True)
class SnapshotAxis:
    number: int
    name: Translated
    figure: SnapshotFigure


@dataclass(frozen=True)
class FrozenFigures:
    """All of a snapshot. `participation` counts what people did while the plan was carried out."""

    cycle: str
    title: Translated
    as_of: str
    rule: str
    source: Translated
    plan: SnapshotFigure
    axes: Sequence[SnapshotAxis]
    commitments: Sequence[SnapshotCommitment]
    participation: Mapping[str, int]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def standing(self) -> list[SnapshotCommitment]:
        """The commitments that a review did not drop."""
        return [commitment for commitment in self.commitments if not commitment.dropped_on]

    @property
    def activities(self) -> list[SnapshotActivity]:
        return [activity for commitment in self.standing for activity in commitment.activities]

    @property
    def unreported(self) -> list[tuple[SnapshotCommitment, SnapshotActivity]]:
        """The activities that have no band at all, with their commitment."""
        return [(c, activity) for c in self.standing for activity in c.unreported]

    def of_axis(self, axis: SnapshotAxis) -> list[SnapshotCommitment]:
        return [commitment for commitment in self.commitments if commitment.axis == axis.number]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def read(content: Mapping[str, object]) -> FrozenFigures:
    """The figures of a snapshot as it was kept."""
    parts: dict[str, object] = {
        "plan": _made(SnapshotFigure, _row(content["plan"])),
        "axes": [_with_figure(SnapshotAxis, row, ("name",)) for row in _rows(content["axes"])],
        "commitments": [_commitment(row) for row in _rows(content["commitments"])],
    }
    return _made(FrozenFigures, {**content, **parts}, ("title", "source"))


def _commitment(row: Mapping[str, object]) -> SnapshotCommitment:
    parts: dict[str, object] = {
        "activities": [_made(SnapshotActivity, part, ("title",)) for part in _rows(row["activities"])],
        "obstacles": [_made(SnapshotObstacle, part) for part in _rows(row["obstacles"])],
        "indicators": [
            _made(SnapshotIndicator, part, ("label", "unit")) for part in _rows(row["indicators"])
        ],
    }
    words = ("title", "institution", "problem", "solution", "result")
    return _with_figure(SnapshotCommitment, {**row, **parts}, words)


def _with_figure(kind: Callable[..., Row], row: Mapping[str, object], words: Sequence[str]) -> Row:
    return _made(kind, {**row, "figure": _made(SnapshotFigure, _row(row["figure"]))}, words)


def _made(kind: Callable[..., Row], row: Mapping[str, object], words: Sequence[str] = ()) -> Row:
    """A value of what was kept of it; `words` are those of its fields that are texts in several languages."""
    texts = {name: Translated({k: str(v) for k, v in _row(row[name]).items()}) for name in words}
    return kind(**{**row, **texts})


def _row(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> list[Mapping[str, object]]:
    return [_row(row) for row in value] if isinstance(value, Sequence) else []


@dataclass(frozen=True)
class TokenValue:
    """What a token stands for: its meaning, its value as it is said, and the figure it is of (`about` is the
    commitment, axis or plan by its name here).
    """

    name: str
    label: str
    value: str
    about: str = ""


TokenValues = Mapping[str, TokenValue]


def percent(value: int | None, *, places: int = 0) -> str:
    """A progress of hundredths of a percent as it is said, rounded half up; what is not known is so."""
    if value is None:
        return _("not known")
    step = PERCENT // 10**places
    share = (value * 2 + step) // (step * 2) / 10**places
    return i18n.format_exact_percent(share / 100, places)


def said(text: Translated) -> str:
    """A text in the language that is spoken, or the first there is."""
    language = i18n.current()
    return text.best(language.code, language.falls_back)[0]


def tokens(figures: FrozenFigures) -> dict[str, TokenValue]:
    """The value of each token that has one everywhere in a report, by its name."""
    listed = [*_of_plan(figures), *_of_axes(figures)]
    for row in figures.commitments:
        listed += _of_commitment(row, f"commitment.{row.name}", _("of %(name)s", name=row.name))
    return {token.name: token for token in listed}


def of_sheet(commitment: SnapshotCommitment) -> dict[str, TokenValue]:
    """That of the tokens that have one in the sheet of a commitment alone."""
    return {t.name: t for t in _of_commitment(commitment, "commitment", _("of this commitment"))}


def is_of_a_sheet(figures: FrozenFigures) -> Callable[[str], bool]:
    """Whether a token has a figure in the sheet of a commitment alone."""
    first = next(iter(figures.commitments), None)
    names = {t.name for t in _of_commitment(first, "commitment", "")} if first else set()
    return names.__contains__


PARTICIPATION: Mapping[str, Lazy] = {
    "meetings": _l("consultation meetings held while the plan was carried out"),
    "sittings": _l("coordination meetings held while the plan was carried out"),
    "consultations": _l("public consultations opened while the plan was carried out"),
    "comments": _l("comments received in them"),
}


def _of_plan(figures: FrozenFigures) -> Iterator[TokenValue]:
    yield TokenValue("as_of", _("day of the figures"), i18n.format_date(figures.day))
    yield TokenValue("plan.title", _("title of the plan"), said(figures.title))
    yield TokenValue(
        "plan.rule", _("how the progress of the plan is made"), str(PlanRule(figures.rule).label)
    )
    plan, about = figures.plan, "plan"
    yield from _progress(plan, "plan", _("of the plan"), about)
    yield TokenValue(
        "plan.former", _("declared, on the plan as first adopted"), percent(plan.former_declared), about
    )
    yield TokenValue(
        "plan.former.evidenced",
        _("evidenced, on the plan as first adopted"),
        percent(plan.former_evidenced),
        about,
    )
    standing = sum(commitment.standing for commitment in figures.standing)
    counts: Mapping[str, tuple[str, int]] = {
        "plan.axes": (_("number of axes"), len(figures.axes)),
        "plan.commitments": (_("number of commitments"), len(figures.standing)),
        "plan.dropped": (
            _("number of commitments dropped by the review"),
            len(figures.commitments) - len(figures.standing),
        ),
        "plan.activities": (_("number of activities"), len(figures.activities)),
        "plan.obstacles": (_("number of obstacles"), sum(len(c.obstacles) for c in figures.standing)),
        "plan.evidence": (_("pieces of evidence"), sum(c.evidence for c in figures.standing)),
        "plan.evidence.standing": (_("pieces of evidence that stand"), standing),
    }
    for name, (label, count) in counts.items():
        yield TokenValue(name, label, i18n.format_number(count), about)
    levels = [commitment.figure.level for commitment in figures.standing]
    yield from _bands(levels, "commitments", _("number of commitments: %(band)s"), about)
    levels = [activity.level for activity in figures.activities]
    yield from _bands(levels, "activities", _("number of activities: %(band)s"), about)
    for name, label in PARTICIPATION.items():
        if name in figures.participation:
            yield TokenValue(
                f"participation.{name}", str(label), i18n.format_number(figures.participation[name])
            )


def _of_axes(figures: FrozenFigures) -> Iterator[TokenValue]:
    for axis in figures.axes:
        name, of = f"axis.{axis.number}", _("of axis %(number)s", number=axis.number)
        yield from _progress(axis.figure, name, of, name)
        count = len([c for c in figures.of_axis(axis) if not c.dropped_on])
        label = _("number of commitments %(of)s", of=of)
        yield TokenValue(f"{name}.commitments", label, i18n.format_number(count), name)


def _of_commitment(commitment: SnapshotCommitment, name: str, of: str) -> Iterator[TokenValue]:
    about = commitment.name
    yield from _progress(commitment.figure, name, of, about)
    counts: Mapping[str, tuple[str, int]] = {
        "activities": (_("number of activities %(of)s", of=of), len(commitment.activities)),
        "complete": (
            _("activities that are complete %(of)s", of=of),
            sum(a.level is ProgressBand.COMPLETE for a in commitment.activities),
        ),
        "obstacles": (_("number of obstacles %(of)s", of=of), len(commitment.obstacles)),
        "evidence": (_("pieces of evidence %(of)s", of=of), commitment.evidence),
        "evidence.standing": (_("pieces of evidence that stand %(of)s", of=of), commitment.standing),
    }
    for key, (label, count) in counts.items():
        yield TokenValue(f"{name}.{key}", label, i18n.format_number(count), about)


def _progress(figure: SnapshotFigure, name: str, of: str, about: str) -> Iterator[TokenValue]:
    declared, evidenced = figure.declared, figure.evidenced
    yield TokenValue(f"{name}.progress", _("declared progress %(of)s", of=of), percent(declared), about)
    yield TokenValue(
        f"{name}.progress.exact",
        _("declared progress %(of)s, to the hundredth", of=of),
        percent(declared, places=2),
        about,
    )
    yield TokenValue(f"{name}.evidenced", _("evidenced progress %(of)s", of=of), percent(evidenced), about)
    yield TokenValue(
        f"{name}.evidenced.exact",
        _("evidenced progress %(of)s, to the hundredth", of=of),
        percent(evidenced, places=2),
        about,
    )


def _bands(levels: Sequence[ProgressBand | None], name: str, label: str, about: str) -> Iterator[TokenValue]:
    counts = counted(levels)
    for key, (band, count) in counts.items():
        yield TokenValue(f"{name}.{key}", label % {"band": band}, i18n.format_number(count), about)


def counted(levels: Sequence[ProgressBand | None]) -> dict[str, tuple[str, int]]:
    """How many are in each band by its key, with what the band is called; what the source prints under one
    name is counted together, what nobody reported by itself.
    """
    counts = Counter(levels)
    named = {
        "complete": (str(ProgressBand.COMPLETE.label), counts[ProgressBand.COMPLETE]),
        "substantial": (str(ProgressBand.SUBSTANTIAL.label), sum(counts[level] for level in SUBSTANTIAL)),
        "limited": (str(ProgressBand.LIMITED.label), counts[ProgressBand.LIMITED]),
        "not_started": (str(ProgressBand.NOT_STARTED.label), counts[ProgressBand.NOT_STARTED]),
        "unreported": (_("no level given"), counts[None]),
    }
    return named


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that is another one now than in a snapshot; `name` says of what."""

    name: str
    before: str
    after: str


def changed(before: FrozenFigures, after: FrozenFigures) -> list[ChangedFigure]:
    """The progress of the plan, of axes, commitments and activities, and values of indicators, that differ;
    what is new or gone has nothing on one side.
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return [ChangedFigure(name, old.get(name, "—"), new.get(name, "—")) for name in differing]


def _leaves(figures: FrozenFigures) -> Iterator[tuple[str, str]]:
    yield from _pair(_("the plan"), figures.plan)
    for axis in figures.axes:
        yield from _pair(_("axis %(number)s", number=axis.number), axis.figure)
    for commitment in figures.commitments:
        yield from _pair(commitment.name, commitment.figure)
        for activity in commitment.activities:
            name = _("%(name)s, activity %(number)s", name=commitment.name, number=activity.number)
            yield from _pair(name, activity.figure)
        for number, indicator in enumerate(commitment.indicators, 1):
            name = _("%(name)s, indicator %(number)s", name=commitment.name, number=number)
            yield name, indicator.value or "—"


def _pair(name: str, figure: SnapshotFigure) -> Iterator[tuple[str, str]]:
    yield _("%(name)s, declared", name=name), percent(figure.declared, places=2)
    yield _("%(name)s, evidenced", name=name), percent(figure.evidenced, places=2)
