"""The map of the twelve regions: which colour each has, and what the colours mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

MOST_CLASSES = 4  # as many colours as can be told apart, and as static/css/site/map.css has


@dataclass(frozen=True)
class MapRegion:
    """A region with what is counted there. `level` is its class: 0 for nothing, then 1 for the lowest."""

    code: str
    name: str
    count: float
    href: str | None = None
    is_active: bool = False
    level: int = 0


@dataclass(frozen=True)
class MapClass:
    """One colour of the map: from the lowest to the highest figure that has it."""

    level: int
    low: float
    high: float


@dataclass(frozen=True)
class RegionMap:
    """The regions, each with its class, and the classes from the lowest to the highest."""

    regions: Sequence[MapRegion]
    classes: Sequence[MapClass]


def classed(regions: Iterable[MapRegion]) -> RegionMap:
    """The same regions in classes that hold about as many figures each, so that one region far above the
    others leaves them apart from each other.
    """
    listed = list(regions)
    figures = sorted({region.count for region in listed if region.count})
    several = min(MOST_CLASSES, len(figures))
    edges = [ceil(len(figures) * part / several) for part in range(several + 1)] if several else []
    classes = [
        MapClass(level, figures[low], figures[high - 1])
        for level, (low, high) in enumerate(pairwise(edges), 1)
    ]
    return RegionMap([replace(region, level=_level(region.count, classes)) for region in listed], classes)


def _level(count: float, classes: Sequence[MapClass]) -> int:
    return next((kind.level for kind in classes if kind.low <= count <= kind.high), 0)
