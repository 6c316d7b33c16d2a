"""How many people live in each region, by the census of 2024."""

from __future__ import annotations

import tomllib
from pathlib import Path

_CENSUS = tomllib.loads((Path(__file__).parent / "data" / "population.toml").read_text())

SOURCE: str = _CENSUS["source"]
TOTAL: int = _CENSUS["total"]
POPULATION: dict[str, int] = _CENSUS["regions"]


def per_100_000(count: int, region_code: str) -> float:
    """So many for 100,000 inhabitants of the region, to one decimal. Raises KeyError for no region."""
    return round(count * 100_000 / POPULATION[region_code], 1)
