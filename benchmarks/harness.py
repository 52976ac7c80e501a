"""What every benchmark shares: a figure with its limit, and timings that can be compared.

Rules kept here:

- a comparison alternates its two sides in one run, so that a busy or throttled machine slows both alike, and
  the ratio is the median of the ratios of neighbours;
- garbage collection is off while a call is timed, as it would hit one side at random;
- times are milliseconds, from a monotonic clock.

A benchmark is a module of this folder with `main() -> list[Figure]`.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `limit` is the greatest value allowed, None for a number that is only reported.

    `reference` says in words what the value was measured against, with its own number where there is one.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    reference: str = ""

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return "reported"
        return "holds" if self.holds else "does not hold"


@dataclass(frozen=True, slots=True)
class Spread:
    """Samples in one line, in milliseconds; `p95` is the nearest-rank 95th percentile."""

    median: float
    p95: float
    worst: float
    count: int


@dataclass(frozen=True, slots=True)
class Paired:
    """Two sides measured in turn. `ratio` is ours over the reference, the median over the pairs."""

    ours: Spread
    reference: Spread
    ratio: float


def percentile(samples: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile, always one of the samples. `percent` is above 0 and at most 100."""
    if not samples:
        raise ValueError("no samples: measure at least once")
    rank = math.ceil(len(samples) * percent / 100)
    return sorted(samples)[max(rank, 1) - 1]


def spread(samples: Sequence[float]) -> Spread:
    return Spread(statistics.median(samples), percentile(samples, 95), max(samples), len(samples))


def timed(work: Callable[[], object]) -> float:
    """The milliseconds one call takes, with garbage collection held back."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.perf_counter_ns()
        work()
        return (time.perf_counter_ns() - start) / 1e6
    finally:
        if collecting:
            gc.enable()


def samples(work: Callable[[], object], count: int, warm_up: int = 3) -> list[float]:
    """Milliseconds of `count` calls, after `warm_up` calls that are not counted."""
    for _ in range(warm_up):
        work()
    gc.collect()
    return [timed(work) for _ in range(count)]


def paired(
    ours: Callable[[], float], reference: Callable[[], float], rounds: int, warm_up: int = 1
) -> Paired:
    """Measure two sides in turn, exchanging who goes first in every round.

    Each side is a function that measures itself and returns milliseconds; wrap a plain call as
    `lambda: timed(call)`.
    """
    for _ in range(warm_up):
        ours()
        reference()
    pairs: list[tuple[float, float]] = []
    for number in range(rounds):
        if number % 2:
            second = reference()
            first = ours()
        else:
            first = ours()
            second = reference()
        pairs.append((first, second))
    return Paired(
        spread([pair[0] for pair in pairs]),
        spread([pair[1] for pair in pairs]),
        statistics.median(first / second for first, second in pairs),
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned plain text: name, value, limit, verdict, reference."""
    rows = [("what", "value", "limit", "", "against")]
    for figure in figures:
        value = f"{figure.value:.3g} {figure.unit}"
        limit = "" if figure.limit is None else f"{figure.limit:.3g} {figure.unit}"
        rows.append((figure.name, value, limit, figure.verdict, figure.reference))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
