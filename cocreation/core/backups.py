"""The backups there are: files of one folder, whose names say when they were made.

What is known of them is read from the folder itself, so that it holds whoever made, moved or removed one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cocreation.core.settings import Settings
from cocreation.languages import i18n

NAME = re.compile(r"cocreation-(\d{8}T\d{6}Z)\.age")
TRIED = ".tried"  # beside a backup: when somebody restored it to see whether it can be
STAMP = "%Y%m%dT%H%M%SZ"
KEEP = re.compile(r"(?:(\d+)d)?(?:(\d+)w)?(?:(\d+)m)?")


@dataclass(frozen=True)
class Backup:
    """A backup in the folder: its size in bytes, and when it was last tried to be restored."""

    path: Path
    made_at: datetime
    size: int
    tried_at: datetime | None = None


def name_at(moment: datetime) -> str:
    """The name of a backup made at this moment."""
    return f"cocreation-{moment.astimezone(UTC):{STAMP}}.age"


def find_all(folder: str) -> list[Backup]:
    """The backups of the folder, the latest first; none where it cannot be read."""
    found = []
    with suppress(OSError):
        for path in Path(folder).iterdir() if folder else ():
            if named := NAME.fullmatch(path.name):
                moment = datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, moment, path.stat().st_size, _tried_at(path)))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _tried_at(path: Path) -> datetime | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return datetime.fromisoformat(json.loads(path.with_name(path.name + TRIED).read_text())["at"])
    return None


def note_trial(path: Path, now: datetime) -> None:
    """Note beside a backup that it was restored on trial."""
    path.with_name(path.name + TRIED).write_text(json.dumps({"at": now.isoformat()}))


def is_late(settings: Settings, now: datetime) -> bool:
    """Whether the last backup is older than it may be; never of a trial that has no folder for them."""
    if not settings.backup_directory:
        return settings.in_production
    latest = next(iter(find_all(settings.backup_directory)), None)
    return latest is None or now - latest.made_at > timedelta(hours=settings.backup_every)


def age(settings: Settings, now: datetime) -> dict[str, int | None]:
    """For those who watch: the hours since the last backup, None without one; nothing without a folder."""
    if not settings.backup_directory:
        return {}
    latest = next(iter(find_all(settings.backup_directory)), None)
    return {"backup_hours": int((now - latest.made_at) / timedelta(hours=1)) if latest else None}


def kept(moments: Iterable[datetime], rule: str) -> set[datetime]:
    """Which of the backups made at these moments a rule such as `7d4w12m` keeps: the last one of each of the
    latest seven days, four weeks and twelve months that have one, of Morocco's calendar; and always the
    latest. Raises ValueError for what is no rule.
    """
    asked = KEEP.fullmatch(rule)
    if not rule or not asked:
        raise ValueError(f"“{rule}” is no rule such as 7d4w12m")
    days, weeks, months = (int(number or 0) for number in asked.groups())
    latest_first = sorted(moments, reverse=True)
    stay = set(latest_first[:1])
    for most, form in ((days, "%Y-%m-%d"), (weeks, "%G-%V"), (months, "%Y-%m")):
        seen: dict[str, datetime] = {}
        for moment in latest_first:
            seen.setdefault(f"{moment.astimezone(i18n.ZONE):{form}}", moment)
        stay |= set(list(seen.values())[:most])
    return stay
