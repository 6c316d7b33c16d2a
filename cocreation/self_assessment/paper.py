"""A published self-assessment as one PDF in a language, drawn once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.core.database import Translated
from cocreation.files import pdf
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.self_assessment import figures as values
from cocreation.self_assessment.blocks import Composition, NarrativeBlock
from cocreation.self_assessment.figures import (
    SnapshotActivity,
    SnapshotCommitment,
    SnapshotFigure,
    SnapshotIndicator,
    SnapshotObstacle,
    percent,
)
from cocreation.self_assessment.models import AssessmentReport
from cocreation.text import markup

TEMPLATE = "self_assessment/report.typ"


@dataclass(frozen=True)
class ReportOnPaper:
    """A report and all it says, at the moment it is published."""

    report: AssessmentReport
    composition: Composition
    at: datetime

    def drawn(self, code: str) -> bytes:
        """The PDF in the language `code`."""
        with i18n.speaking(code):
            return pdf.compiled(TEMPLATE, self._data(), made_at=self.at)

    def _data(self) -> dict[str, object]:
        title, *rest = self.composition.blocks
        figures = self.composition.figures
        return {
            "words": {
                "title": _plain(self.composition.text(title)),
                "kind": str(self.report.kind.label),
                "published": _("Published on %(day)s", day=i18n.format_date(self.at)),
                "as_of": _("Figures of %(day)s", day=i18n.format_date(figures.day)),
                "proof": _("The digest (SHA-256) of the figures, as the public register has it:"),
            },
            "digest": self.report.snapshot.digest,
            "chapters": [self._chapter(block) for block in rest],
        }

    def _chapter(self, block: NarrativeBlock) -> Mapping[str, object]:
        return {
            "title": _plain(block.heading),
            "level": 2 if block.axis or block.commitment else 1,
            "text": _said(self.composition.text(block)),
            "tables": list(self._tables(block)),
            "promises": _promises(block.commitment) if block.commitment else [],
        }

    def _tables(self, block: NarrativeBlock) -> Sequence[Mapping[str, object]]:
        figures = self.composition.figures
        if block.uid == "overall":
            rows = [(_plain(axis.name), axis.figure) for axis in figures.axes]
            return [_progress([*rows, (_("The whole plan"), figures.plan)])]
        if block.axis:
            rows = [(f"{c.name} – {_plain(c.title)}", c.figure) for c in figures.of_axis(block.axis)]
            return [_progress(rows)]
        return _sheet(block.commitment) if block.commitment else []


def _progress(rows: Sequence[tuple[str, SnapshotFigure]]) -> Mapping[str, object]:
    return _table(
        "",
        ["5fr", "22mm", "22mm", "3fr"],
        ["", _("Declared"), _("Evidenced"), _("Level")],
        [
            [name, percent(f.declared, places=2), percent(f.evidenced, places=2), _level(f.level)]
            for name, f in rows
        ],
    )


def _sheet(commitment: SnapshotCommitment) -> list[Mapping[str, object]]:
    tables = [
        _table(
            _("Activities"),
            ["8mm", "4fr", "2fr", "18mm", "18mm", "4fr"],
            ["", _("Activity"), _("Level"), _("Declared"), _("Evidenced"), _("What was done")],
            [_activity(activity) for activity in commitment.activities],
        ),
        _table(
            _("Obstacles"),
            ["18mm", "3fr", "8fr"],
            [_("Activity"), _("Kind"), _("Obstacle")],
            [_obstacle(obstacle) for obstacle in commitment.obstacles],
        ),
        _table(
            _("Indicators"),
            ["6fr", "2fr", "2fr", "2fr"],
            [_("Indicator"), _("Baseline"), _("Target"), _("Value")],
            [_indicator(indicator) for indicator in commitment.indicators],
        ),
    ]
    return [table for table in tables if table["rows"]]


def _activity(activity: SnapshotActivity) -> list[str]:
    return [
        pdf.number(activity.number),
        _plain(activity.title),
        _level(activity.level) or _("no level given"),
        _share(activity.declared),
        _share(activity.evidenced),
        _in_order(activity.actions, activity.language),
    ]


def _obstacle(obstacle: SnapshotObstacle) -> list[str]:
    words = _in_order(obstacle.words, obstacle.language)
    return [pdf.number(obstacle.activity), str(obstacle.of.label), words]


def _indicator(indicator: SnapshotIndicator) -> list[str]:
    return [_plain(indicator.label), indicator.baseline, indicator.target, indicator.value]


def _promises(commitment: SnapshotCommitment) -> list[Mapping[str, object]]:
    parts = (
        (_("Problem"), commitment.problem),
        (_("Proposed solution"), commitment.solution),
        (_("Expected result"), commitment.result),
    )
    return [{"label": label, "text": _said(text)} for label, text in parts if text]


def _table(
    title: str, columns: Sequence[str], headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> Mapping[str, object]:
    return {"title": title, "columns": columns, "headers": headers, "rows": rows}


def _level(level: object) -> str:
    return str(getattr(level, "label", "")) if level else ""


def _share(value: int | None) -> str:
    return "" if value is None else percent(value * values.PERCENT)


def _plain(text: Translated) -> str:
    language = i18n.current()
    words, code = text.best(language.code, language.falls_back)
    return markup.in_order(words, code)


def _in_order(words: str, code: str) -> str:
    return markup.in_order(words, code or i18n.current().code)


def _said(text: Translated) -> Mapping[str, object]:
    language = i18n.current()
    words, code = text.best(language.code, language.falls_back)
    lines = [markup.in_order(line.strip(), code) for line in words.splitlines() if line.strip()]
    return {"direction": i18n.LANGUAGES[code].direction, "lines": lines}
