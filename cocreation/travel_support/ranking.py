"""In which order requests for support are proposed: pure arithmetic that anyone can do again on paper.

A criterion counts its weight times its value. The distance is worth 0 to 1 over the first 300 km, in a
straight line from the seat of the person's province to the seat of the venue's; every other criterion is
worth 1 or 0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from cocreation.travel_support.models import TravelSupportCriterion

_TABLE = tomllib.loads((Path(__file__).parent / "data" / "seats.toml").read_text())
SOURCE: str = _TABLE["source"]
SEATS: dict[str, tuple[float, float]] = {
    code: (north, west) for code, (north, west) in _TABLE["seats"].items()
}

EARTH = 6371  # km, its mean radius
FAR = 300  # km from which the distance counts in full
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """One criterion of a score: `points` are `weight` times `value`, exactly."""

    criterion: TravelSupportCriterion
    weight: int
    value: Decimal

    @property
    def points(self) -> Decimal:
        return self.weight * self.value


@dataclass(frozen=True)
class Asked:
    """What the ranking knows of a request."""

    number: int
    province_code: str
    facts: Collection[str]
    nights: int
    tickets: int
    requested_at: datetime


@dataclass(frozen=True)
class Ranked:
    """A request with its arithmetic; `fits` says whether what it asks for is left when its turn comes."""

    asked: Asked
    km: int
    parts: tuple[Part, ...]
    fits: bool

    @property
    def total(self) -> Decimal:
        return sum((part.points for part in self.parts), Decimal(0))


def rank(
    requests: Sequence[Asked],
    weights: Mapping[TravelSupportCriterion, int],
    venue: str,
    *,
    nights: int,
    tickets: int,
) -> list[Ranked]:
    """The requests, the highest total first, then who asked first; `venue` is the code of its province.

    `nights` and `tickets` are what is left: down the list each request takes what it asks for, or nothing
    where that is more than there is.
    """
    scored = [
        (request, distance(request.province_code, venue), parts(request, weights, venue))
        for request in requests
    ]
    scored.sort(key=lambda it: (-sum(part.points for part in it[2]), it[0].requested_at, it[0].number))
    ranked = []
    for request, km, its in scored:
        fits = request.nights <= nights and request.tickets <= tickets
        if fits:
            nights, tickets = nights - request.nights, tickets - request.tickets
        ranked.append(Ranked(request, km, its, fits))
    return ranked


def parts(asked: Asked, weights: Mapping[TravelSupportCriterion, int], venue: str) -> tuple[Part, ...]:
    """What each weighed criterion gives a request, in the order of `TravelSupportCriterion`."""
    worth = {criterion: Decimal(criterion.value in asked.facts) for criterion in TravelSupportCriterion}
    worth[TravelSupportCriterion.DISTANCE] = remoteness(distance(asked.province_code, venue))
    return tuple(
        Part(criterion, weights[criterion], worth[criterion])
        for criterion in TravelSupportCriterion
        if criterion in weights
    )


def remoteness(km: int) -> Decimal:
    """What a distance is worth, to the hundredth: 0 at the venue, 1 from 300 km on."""
    return min(Decimal(1), (Decimal(km) / FAR).quantize(HUNDREDTH, ROUND_HALF_UP))


@cache
def distance(code: str, venue: str) -> int:
    """Kilometres in a straight line between the seats of two provinces. Raises KeyError for no province."""
    (north, west), (other_north, other_west) = SEATS[code], SEATS[venue]
    up, across = radians(other_north - north) / 2, radians(other_west - west) / 2
    chord = sin(up) ** 2 + cos(radians(north)) * cos(radians(other_north)) * sin(across) ** 2
    return round(2 * EARTH * asin(sqrt(chord)))
