"""The hours that were promised: "10:00" stays 10:00 when Morocco changes its clock.

Moments stand in the database in UTC. Morocco moves its offset at short notice (on 20 September 2026 it left
UTC+1 for good); once the pinned zone data knows, every moment written before, for a day after, would be shown
an hour off. So the database remembers by which offsets its moments were written, and `keep` brings those that
are still to come to what the clock on the wall will then say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from cocreation.core.database import Base, Json, session
from cocreation.languages.i18n import ZONE

AHEAD = timedelta(days=5 * 366)  # nothing is announced further ahead
Spans = list[list[str | int]]  # [from when (ISO, UTC), minutes], each until the next
Column = InstrumentedAttribute[datetime | None]


class KnownOffsets(Base):
    """By which offsets from UTC the moments of this database were written: one row, of `offsets`."""

    __tablename__ = "known_offsets"

    id: Mapped[int] = mapped_column(primary_key=True)
    spans: Mapped[Spans] = mapped_column(Json)


@dataclass(frozen=True)
class KeptHour:
    """A row whose hours were kept, and what they were and are now, in UTC."""

    row: Base
    before: datetime
    after: datetime


def offsets(zone: ZoneInfo, since: datetime, until: datetime) -> Spans:
    """The offsets of `zone` between two moments."""
    spans: Spans = []
    moment = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while moment <= until:
        minutes = _minutes(zone, moment)
        if not spans or spans[-1][1] != minutes:
            spans.append([moment.isoformat(), minutes])
        moment += timedelta(hours=1)
    return spans


def keep(columns: Iterable[Column], *, now: datetime) -> list[KeptHour]:
    """Bring what is still to come in these columns, which people typed as hours in Morocco, from the offsets
    it was written by to those known now; the rows that changed. Does nothing where they are the same.
    """
    spans = offsets(ZONE, now, now + AHEAD)
    kept_offsets = session.get(KnownOffsets, 1, with_for_update=True, populate_existing=True)
    if kept_offsets is None:
        session.add(KnownOffsets(id=1, spans=spans))
        session.flush()
        return []
    kept = _shift(_by_model(columns), kept_offsets.spans, now)
    kept_offsets.spans = spans
    session.flush()
    return kept


def _shift(models: dict[type[Base], list[Column]], spans: Spans, now: datetime) -> list[KeptHour]:
    kept = []
    for model, columns in models.items():
        for row in session.scalars(select(model).where(or_(*(column > now for column in columns)))).unique():
            for column in columns:
                before = getattr(row, column.key)
                if before is None or before <= now:
                    continue
                wall = before + timedelta(minutes=_known_minutes(spans, before))
                after = wall.replace(tzinfo=ZONE).astimezone(UTC)
                if after != before:
                    setattr(row, column.key, after)
                    kept.append(KeptHour(row, before, after))
    return kept


def _by_model(columns: Iterable[Column]) -> dict[type[Base], list[Column]]:
    models: dict[type[Base], list[Column]] = {}
    for column in columns:
        model = column.class_
        assert isinstance(model, type)
        models.setdefault(model, []).append(column)
    return models


def _known_minutes(spans: Spans, moment: datetime) -> int:
    """The offset of the span a moment falls into; of the last one for what lies beyond."""
    starts = [datetime.fromisoformat(str(start)) for start, _minutes in spans]
    return int(spans[max(0, bisect_right(starts, moment) - 1)][1])


def _minutes(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)
