"""The progress of a plan of the past from a file of JSON: read whole, every fault by its place."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cocreation.tracking.arithmetic import ProgressBand

# The source's names for its bands; its "complete" begins at 90.
BANDS = {
    "not_started": ProgressBand.NOT_STARTED,
    "limited": ProgressBand.LIMITED,
    "substantial": ProgressBand.SUBSTANTIAL,
    "complete": ProgressBand.COMPLETE,
}
MOST = 2_000  # commitments or activities of a file


@dataclass(frozen=True)
class PublishedActivity:
    """`band` is None where the source has none."""

    number: int
    band: ProgressBand | None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedCommitment:
    """`percent` is in whole percent."""

    number: int
    percent: int
    title: str
    activities: tuple[PublishedActivity, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass
class ProgressFile:
    """What a file says. `faults` say where something cannot be read: nothing is imported then; `notes` what
    the source lacks.
    """

    as_of: date | None = None
    commitments: list[PublishedCommitment] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_progress(content: object) -> ProgressFile:
    """Never raises."""
    found = ProgressFile()
    if not isinstance(content, Mapping):
        found.faults.append("the file: it is no object with “commitments”")
        return found
    found.as_of = _day(content.get("as_of"))
    if found.as_of is None:
        found.faults.append("as_of: neither a month such as 2023-07 nor a day such as 2023-07-31")
    for place, row in enumerate(_rows(content.get("commitments"), "commitments", found), 1):
        if commitment := _commitment(row, f"commitment {row.get('number', f'at place {place}')}", found):
            found.commitments.append(commitment)
    _check_numbers([row.number for row in found.commitments], "commitment", found)
    return found


def _commitment(row: Mapping[str, object], where: str, found: ProgressFile) -> PublishedCommitment | None:
    number = _whole(row.get("number"), 1, MOST)
    percent = _whole(row.get("published_progress"), 0, 100)
    if number is None:
        found.faults.append(f"{where}: its number is no whole number from 1")
    if percent is None:
        found.faults.append(f"{where}: published_progress is no whole number from 0 to 100")
    title = row.get("title")
    _note_heading(title, where, found)
    activities = [
        _activity(part, f"{where}, activity {part.get('number', f'at place {place}')}", found)
        for place, part in enumerate(_rows(row.get("activities", []), f"{where}, activities", found), 1)
    ]
    read = tuple(activity for activity in activities if activity)
    _check_numbers([activity.number for activity in read], f"{where}, activity", found)
    if number is None or percent is None:
        return None
    said = _texts(row.get("indicators"), f"{where}, indicators", found)
    return PublishedCommitment(number, percent, str(title or ""), read, said)


def _note_heading(title: object, where: str, found: ProgressFile) -> None:
    if not isinstance(title, str) or not title.strip():
        found.notes.append(f"{where}: the source has no heading for it")


def _activity(row: Mapping[str, object], where: str, found: ProgressFile) -> PublishedActivity | None:
    number, name = _whole(row.get("number"), 1, MOST), row.get("band")
    if number is None:
        found.faults.append(f"{where}: its number is no whole number from 1")
        return None
    if name is None:
        found.notes.append(f"{where}: no band is ticked in the source")
    elif not isinstance(name, str) or name not in BANDS:
        found.faults.append(f"{where}: its band is none of {', '.join(BANDS)}")
        return None
    actions = _texts(row.get("actions"), f"{where}, actions", found)
    return PublishedActivity(number, BANDS[name] if name else None, actions)


def _rows(value: object, where: str, found: ProgressFile) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(row, Mapping) for row in value):
        found.faults.append(f"{where}: no list of at most {MOST} objects")
        return []
    return value


def _texts(value: object, where: str, found: ProgressFile) -> tuple[str, ...]:
    if value is None:
        return ()
    is_list = isinstance(value, list) and all(isinstance(text, str) and "\0" not in text for text in value)
    if not isinstance(value, list) or not is_list:
        found.faults.append(f"{where}: no list of texts")
        return ()
    return tuple(text.strip() for text in value if text.strip())


def _check_numbers(numbers: list[int], where: str, found: ProgressFile) -> None:
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    found.faults += [f"{where} {number}: it stands twice" for number in twice]


def _whole(value: object, least: int, most: int) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, int) and is_number and least <= value <= most else None


def _day(value: object) -> date | None:
    """A day, or the last one of a month."""
    if not (parts := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", str(value))):
        return None
    year, month, day = int(parts[1]), int(parts[2]), parts[3]
    try:
        return date(year, month, int(day) if day else monthrange(year, month)[1])
    except ValueError:
        return None
