"""An adopted plan as one PDF in a language, drawn once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from cocreation.core.database import Translated
from cocreation.cycles.models import Axis, Cycle
from cocreation.documents.comparison import FACTS
from cocreation.documents.models import Document, SectionKind
from cocreation.files import pdf
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.plan.models import Commitment
from cocreation.plan.sheet import MEANS, OPENNESS, PROMISE, Activity, CommitmentSheet, Indicator
from cocreation.text import markup

TEMPLATE = "adoption/plan.typ"


@dataclass(frozen=True)
class AdoptedCommitment:
    """A commitment in the version that is adopted, and the digest of that."""

    commitment: Commitment
    document: Document
    version: int
    digest: str
    sheet: CommitmentSheet

    @property
    def title(self) -> Translated:
        return self.sheet.text(SectionKind.TITLE)


@dataclass(frozen=True)
class AdoptedPlan:
    """What is adopted: the commitments in their order, what was decided, and the digest of their digests."""

    cycle: Cycle
    number: int
    message: Translated
    digest: str
    at: datetime
    commitments: Sequence[AdoptedCommitment]

    @property
    def axes(self) -> list[tuple[Axis, list[AdoptedCommitment]]]:
        return by_axis(self.commitments)


def by_axis(texts: Iterable[AdoptedCommitment]) -> list[tuple[Axis, list[AdoptedCommitment]]]:
    return [(axis, list(group)) for axis, group in groupby(texts, lambda text: text.commitment.axis)]


def digests(texts: Iterable[AdoptedCommitment]) -> list[list[object]]:
    """What the digest of a plan is of: its texts, their versions and their digests."""
    return [[text.document.reference, text.version, text.digest] for text in texts]


def drawn(plan: AdoptedPlan, code: str) -> bytes:
    """The PDF in the language `code`."""
    with i18n.speaking(code):
        return pdf.compiled(TEMPLATE, _data(plan), made_at=plan.at)


def _data(plan: AdoptedPlan) -> dict[str, object]:
    day = i18n.format_date(plan.at)
    if plan.number == 1:
        adopted = _("Adopted on %(day)s", day=day)
    else:
        adopted = _("Amendment %(number)s, adopted on %(day)s", number=plan.number - 1, day=day)
    return {
        "words": {
            "title": _plain(plan.cycle.title),
            "adopted": adopted,
            "proof": _(
                "The digest (SHA-256) of the digests of all texts below, as the public register has it:"
            ),
            "activities": _("Activities"),
            "indicators": _("Indicators"),
            "activity_columns": [
                "",
                _("Activity"),
                str(FACTS["responsible"]),
                _("Period"),
                str(FACTS["weight"]),
                str(FACTS["deliverable"]),
            ],
            "indicator_columns": [
                _("Indicator"),
                *(str(FACTS[key]) for key in ("type", "unit", "baseline", "target", "source")),
            ],
        },
        "message": _said(plan.message) if plan.message else None,
        "digest": plan.digest,
        "axes": [
            {"name": _plain(axis.name), "commitments": [_commitment(text) for text in texts]}
            for axis, texts in plan.axes
        ],
    }


def _commitment(text: AdoptedCommitment) -> Mapping[str, object]:
    version = _("Version %(number)s", number=i18n.format_number(text.version))
    kinds = (*PROMISE, *OPENNESS, *MEANS)
    return {
        "reference": markup.isolate_text(text.document.reference),
        "title": _plain(text.title),
        "about": f"{_plain(text.commitment.institution.name)} · {version}",
        "digest": text.digest,
        "sections": [
            {"label": str(kind.label), "text": _said(words)} for kind, words in text.sheet.said(*kinds)
        ],
        "activities": [_activity(activity) for activity in text.sheet.activities],
        "indicators": [_indicator(indicator) for indicator in text.sheet.indicators],
    }


def _activity(activity: Activity) -> list[str]:
    days = [i18n.format_date(day) for day in (activity.starts_on, activity.ends_on) if day]
    return [
        pdf.number(activity.number),
        _plain(activity.title),
        _plain(activity.responsible),
        " – ".join(days),
        i18n.format_number(activity.weight / 10) if activity.weight else "",
        _plain(activity.deliverable),
    ]


def _indicator(indicator: Indicator) -> list[str]:
    return [
        _plain(indicator.label),
        str(indicator.type.label),
        _plain(indicator.unit),
        indicator.baseline,
        indicator.target,
        _plain(indicator.source),
    ]


def _plain(text: Translated) -> str:
    language = i18n.current()
    words, code = text.best(language.code, language.falls_back)
    return markup.in_order(words, code)


def _said(text: Translated) -> Mapping[str, object]:
    language = i18n.current()
    words, code = text.best(language.code, language.falls_back)
    lines = [markup.in_order(line.strip(), code) for line in words.splitlines() if line.strip()]
    return {"direction": i18n.LANGUAGES[code].direction, "lines": lines}
