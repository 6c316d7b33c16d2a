"""The sheets of commitments: activities and indicators, and one text that was followed by another."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cocreation.adoption.services import NamedCause, adopt, name_causes
from cocreation.core.database import Translated, session
from cocreation.demonstration.content import load, translated
from cocreation.directory.models import Institution
from cocreation.documents.models import CauseKind, Change, DocumentVersion, IndicatorType
from cocreation.documents.services import save
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments as plan, sheets
from cocreation.plan.sheet import Activity, Indicator, texts

Rows = list[list[str]]


def fill_in(commitments: Sequence[Commitment], *, by: int, now: datetime) -> None:
    """What each commitment of the past cycle does and is measured by."""
    for commitment, row in zip(commitments, load("sheets")["sheets"], strict=True):
        fill_in_one(commitment, row, by=by, now=now)


def fill_in_one(commitment: Commitment, row: dict[str, Rows], *, by: int, now: datetime) -> None:
    said = load("sheets")
    budget, source = translated(said["budget"]), translated(said["source"])
    parts: list[Activity | Indicator] = [
        *_activities(commitment, row["activities"]),
        *_indicators(row["indicators"], source),
    ]
    sections = [part.words(part.uid) for part in parts] + texts(budget=budget)
    if commitment.document_id:
        save(commitment.document_id, sections, by=by, now=now)


def follow(commitments: Sequence[Commitment], *, by: int, now: datetime) -> None:
    """One public sheet reworded, and published again a fortnight later with the reason."""
    said = load("sheets")["followed"]
    commitment = commitments[said["commitment"] - 1]
    words = plan.CommitmentWords(
        number=commitment.number,
        axis_id=commitment.axis_id,
        institution_id=commitment.institution_id,
        title=commitment.title,
        problem=commitment.problem,
        solution=translated(said["solution"]),
        expected_result=commitment.expected_result,
    )
    plan.change(commitment.id, words, by=by, now=now)
    further = {
        "transparency": translated(said["openness"]),
        "public_partners": translated(said["public_partners"]),
        "civil_partners": translated(said["civil_partners"]),
    }
    sheets.say_further(commitment.id, further, by=by, now=now)
    published = now + timedelta(days=14)
    since = Change.version_id == DocumentVersion.id, DocumentVersion.document_id == commitment.document_id
    unnamed = select(Change.id).where(*since, Change.cause.is_(None))
    note = NamedCause(CauseKind.NOTE, reason=translated(said["message"]))
    name_causes(commitment.document_id or 0, list(session.scalars(unnamed)), note, by=by, now=now)
    adopt(commitment.cycle_id, [commitment.id], translated(said["message"]), by=by, now=published)


def _activities(commitment: Commitment, rows: Rows) -> list[Activity]:
    return [
        Activity(
            number=number,
            title=_both(ar, fr),
            responsible=session.get_one(Institution, commitment.institution_id).name,
            starts_on=date.fromisoformat(f"{first}-01"),
            ends_on=_end_of(last),
            weight=int(weight) * 10,
            deliverable=_both(delivers_ar, delivers_fr),
            uid=f"activity-{number}",
        )
        for number, (ar, fr, weight, first, last, delivers_ar, delivers_fr) in enumerate(rows, 1)
    ]


def _indicators(rows: Rows, source: Translated) -> list[Indicator]:
    return [
        Indicator(
            number=number,
            label=_both(ar, fr),
            type=IndicatorType(kind),
            unit=_both(unit_ar, unit_fr),
            baseline=baseline,
            target=target,
            source=source,
            uid=f"indicator-{number}",
        )
        for number, (ar, fr, kind, unit_ar, unit_fr, baseline, target) in enumerate(rows, 1)
    ]


def _both(ar: str, fr: str) -> Translated:
    return Translated(ar=ar, fr=fr)


def _end_of(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
