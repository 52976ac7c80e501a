"""95 % limits of shares and of rates, by the field's libraries.

Conventions, those of Stata: a share has Wilson limits (`ci proportions, wilson`; Wilson 1927), a rate exact ones
(`ci means, poisson exposure()`; Garwood 1936). Quartiles are those of `summarize, detail`. Of nobody, or of no time,
there is neither a number nor a limit.
"""

from __future__ import annotations

import functools
import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any

from anifro_desktop.centre.analysis.table import Cell
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.forms.model import Label

ALPHA = 0.05
PER_YEARS = 100  # patient-years that a rate is told for


def limited(it: str, en: str) -> Label:
    """The label of a column whose numbers have limits."""
    return Label(f"{it} (IC\u00a095\u00a0%)", f"{en} (95\u00a0%\u00a0CI)")


def share(met: int, total: int) -> Cell:
    """met / total, 0 to 1, with its Wilson limits.

    Raises:
        LibraryMissing: statsmodels is not installed.
    """
    if total == 0:
        return Cell(None, "share")
    proportion = _statsmodels().proportion_confint
    low, high = proportion(met, total, alpha=ALPHA, method="wilson")
    return Cell(met / total, "share", max(0.0, float(low)), min(1.0, float(high)))


def mean(values: Sequence[float]) -> Cell:
    """The mean of some values, with the limits of Student's t where there are two or more.

    Raises:
        LibraryMissing: scipy is not installed.
    """
    if not values:
        return Cell(None, "number")
    middle = statistics.fmean(values)
    if len(values) == 1:
        return Cell(middle, "number")
    half = _student(len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return Cell(middle, "number", middle - half, middle + half)


def quantile(values: Sequence[float], part: float) -> float:
    """A quantile of sorted values by Stata's rule: where n·p is whole the mean of that value and the next, else the
    next."""
    place = len(values) * part
    below = int(place)
    if place == below:
        return (values[max(below - 1, 0)] + values[min(below, len(values) - 1)]) / 2
    return values[below]


def plain_share(part: int, total: int) -> Cell:
    """part / total, 0 to 1, of a line that only describes: without limits."""
    return Cell(part / total if total else None, "share")


def rate(events: int, years: float) -> Cell:
    """Events per 100 patient-years, with exact Poisson limits; the lower one of no event is 0.

    Raises:
        LibraryMissing: statsmodels is not installed.
    """
    if years <= 0:
        return Cell(None, "number")
    poisson = _poisson()
    low, high = poisson(events, years, method="exact-c", alpha=ALPHA)
    lower = 0.0 if events == 0 else float(low)
    return Cell(PER_YEARS * events / years, "number", PER_YEARS * lower, PER_YEARS * float(high))


def _statsmodels() -> Any:
    try:
        from statsmodels.stats import proportion
    except ImportError as error:
        raise LibraryMissing(error.name or "statsmodels") from error
    return proportion


@functools.cache
def _student(freedom: int) -> float:
    try:
        from scipy.stats import t
    except ImportError as error:
        raise LibraryMissing(error.name or "scipy") from error
    return float(t.ppf(1 - ALPHA / 2, freedom))


def _poisson() -> Callable[..., Any]:
    try:
        from statsmodels.stats.rates import confint_poisson
    except ImportError as error:
        raise LibraryMissing(error.name or "statsmodels") from error
    found: Callable[..., Any] = confint_poisson
    return found
