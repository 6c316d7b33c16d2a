"""The words of the demonstration, as its files hold them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cocreation.core.clock import moment_in_morocco
from cocreation.core.database import Translated
from cocreation.languages.i18n import LANGUAGES

Content = dict[str, Any]  # what a file of the content says, by its keys

FOLDER = Path(__file__).parent / "content"


@cache
def load(name: str) -> Content:
    """The file `name` of the folder `content`, read once."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def translated(row: Content, **values: str) -> Translated:
    """The languages of a row as one text; `values` fill {placeholders}."""
    return Translated({code: _fill(row[code], values) for code in LANGUAGES if code in row})


def _fill(text: str, values: dict[str, str]) -> str:
    return text.format(**values) if values else text


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clocks of Morocco."""
    return moment_in_morocco(datetime.combine(day, time(hour, minute)))


def spread(first: datetime, last: datetime, count: int) -> list[datetime]:
    """`count` moments at even distances after `first` and before `last`, in whole minutes."""
    step = (last - first) / (count + 1)
    return [(first + step * n).replace(second=0, microsecond=0) for n in range(1, count + 1)]


def days(today: date, bounds: list[Any]) -> list[date]:
    """Dates as they are; numbers as days counted from `today`."""
    return [bound if isinstance(bound, date) else today + timedelta(days=bound) for bound in bounds]
