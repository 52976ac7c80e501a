"""Draws that several parts of the generator need, on the standard library's generator alone."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import date, timedelta

YEAR = 365.25


def gamma(rng: random.Random, mean: float, spread: float) -> float:
    """A gamma-distributed number of that mean and SD."""
    shape = (mean / spread) ** 2
    return rng.gammavariate(shape, mean / shape)


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson count (Knuth's product of uniforms; means here are small)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def cut(value: float, low: float, high: float) -> float:
    """The value, inside its limits."""
    return min(high, max(low, value))


def normal_share(value: float) -> float:
    """The share of a standard normal that lies below the value."""
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))


def days_of(rng: random.Random, hazard: float, first: date, last: date) -> list[date]:
    """The days of a Poisson process between two days."""
    found, on = [], 0.0
    while hazard > 0:
        on += rng.expovariate(hazard) * YEAR
        if on >= (last - first).days:
            break
        found.append(first + timedelta(days=int(on)))
    return found


def pick(rng: random.Random, chances: Mapping[str, float]) -> str:
    """One of the names by its chance, or none ("") for what is left to 1."""
    point = rng.random()
    for name, chance in chances.items():
        point -= chance
        if point < 0:
            return name
    return ""
