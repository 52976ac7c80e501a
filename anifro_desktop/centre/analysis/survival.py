"""Kaplan-Meier curves, log-rank tests and hazard ratios, by statsmodels, with the conventions of Stata.

- A subject is at risk after its entry and up to its exit, that day included: of an event and a censoring on the same
  day, the event comes first. Whoever has no time at risk (exit not after entry) must be left out before.
- Limits of survival are those of log(-log S), as `sts list` gives them (R: `conf.type = "log-log"`; Kalbfleisch and
  Prentice, The Statistical Analysis of Failure Time Data, 2002, 1.4). Where S is 1 or 0 there are none.
- The median is the first time with S at most 0.5; its limits are the first times at which the curves of the limits are
  at most 0.5, as `stci` gives them (Brookmeyer R, Crowley J. Biometrics 1982;38:29-41, doi 10.2307/2530286).
- Hazard ratios take ties by Breslow's way, the default of `stcox` (Biometrics 1974;30:89-99, doi 10.2307/2529620).
- Delayed entry: a curve that came down to 0 while few were at risk stays at 0, whoever enters later (`Curve.emptied`).
  Before the first entry nothing is known, and no survival is given.

Time has one unit throughout: days, in this study.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.analysis.limits import ALPHA
from anifro_desktop.centre.analysis.table import Cell
from anifro_desktop.centre.errors import LibraryMissing

_HALF = 0.5 + 1e-9  # a product of fractions may miss one half by a rounding
_FLAT = 20.0  # standard error of a log hazard ratio above which the data do not settle it


@dataclass(frozen=True, slots=True)
class Spell:
    """The time of one subject under risk. entry: from when (0 without delayed entry); exit: until when; event: whether
    it ended with the event."""

    entry: float
    exit: float
    event: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from one time of events on. low, high: 95 % limits of survival. at_risk: just before that time."""

    time: float
    survival: float
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve. entries, exits: of everybody, in order. censored: when subjects left without an event.
    median: with its limits, of kind `days`; without a value where the curve stays above one half."""

    steps: tuple[Step, ...]
    entries: tuple[float, ...]
    exits: tuple[float, ...]
    censored: tuple[float, ...]
    median: Cell

    def at_risk(self, time: float) -> int:
        """How many are at risk just before a time; at 0, how many are observed from 0 on."""
        if time <= 0:
            return bisect_right(self.entries, 0.0)
        return bisect_left(self.entries, time) - bisect_left(self.exits, time)

    def survival(self, time: float) -> Cell:
        """Survival at a time, with its limits; no value before the first entry, nor after the last exit unless nobody
        was left without the event."""
        place = bisect_right(self.steps, time, key=lambda step: step.time) - 1
        step = self.steps[place] if place >= 0 else None
        if step is not None and step.survival == 0:
            return Cell(0.0, "share")
        if not self.exits or time > self.exits[-1] or time < self.entries[0]:
            return Cell(None, "share")
        return Cell(1.0, "share") if step is None else Cell(step.survival, "share", step.low, step.high)

    @property
    def emptied(self) -> Step | None:
        """The step at which the curve came down to 0 although subjects were followed after it."""
        zero = next((step for step in self.steps if step.survival == 0), None)
        return zero if zero is not None and self.exits[-1] > zero.time else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups beside each other. chi2, p: of the log-rank test on `freedom` degrees; None where the groups cannot be
    told apart (no event, or never at risk at the same time). ratios: hazard ratio of each group against the first one,
    with its limits, and the p of Wald's test; without a value where a group has no event."""

    chi2: float | None
    freedom: int
    p: Cell
    ratios: Mapping[str, tuple[Cell, Cell]]


def kaplan_meier(spells: Sequence[Spell]) -> Curve:
    """The curve of some subjects.

    Raises:
        ValueError: a subject has no time at risk.
        LibraryMissing: statsmodels is not installed.
    """
    _at_risk_only(spells)
    steps = _steps(spells) if any(spell.event for spell in spells) else ()
    return Curve(
        steps,
        tuple(sorted(spell.entry for spell in spells)),
        tuple(sorted(spell.exit for spell in spells)),
        tuple(sorted(spell.exit for spell in spells if not spell.event)),
        _median(steps),
    )


def compare(groups: Mapping[str, Sequence[Spell]]) -> Comparison:
    """The log-rank test, and hazard ratios against the first group; groups without anybody are left out of both.

    Raises:
        ValueError: a subject has no time at risk.
        LibraryMissing: statsmodels is not installed.
    """
    held = {name: tuple(spells) for name, spells in groups.items() if spells}
    for spells in held.values():
        _at_risk_only(spells)
    chi2 = _log_rank(held)
    freedom = max(len(held) - 1, 0)
    p = None if chi2 is None else float(_scipy().chi2.sf(chi2, freedom))
    return Comparison(chi2, freedom, Cell(p, "p"), _ratios(groups, held))


def _at_risk_only(spells: Sequence[Spell]) -> None:
    if any(spell.exit <= spell.entry for spell in spells):
        raise ValueError("a spell without time at risk")


def _steps(spells: Sequence[Spell]) -> tuple[Step, ...]:
    """The steps of a curve with at least one event."""
    found = _duration().SurvfuncRight(**_columns(spells))
    z = float(_scipy().norm.ppf(1 - ALPHA / 2))
    steps: list[Step] = []
    level = 1.0
    for time, survival, error, risk in zip(
        found.surv_times, found.surv_prob, found.surv_prob_se, found.n_risk, strict=True
    ):
        # statsmodels goes on from a curve at 0 with a rest of its rounding
        level = 0.0 if level == 0 else float(survival)
        low, high = _limits(level, float(error), z)
        steps.append(Step(float(time), level, low, high, int(risk)))
    return tuple(steps)


def _limits(survival: float, error: float, z: float) -> tuple[float | None, float | None]:
    """The limits of log(-log S)."""
    if not 0 < survival < 1 or not math.isfinite(error):
        return None, None
    spread = z * error / (survival * -math.log(survival))
    return _power(survival, spread), _power(survival, -spread)


def _power(survival: float, exponent: float) -> float:
    return float(math.exp(math.log(survival) * math.exp(min(exponent, 700.0))))


def _median(steps: Sequence[Step]) -> Cell:
    def first(values: Sequence[float | None]) -> float | None:
        hits = (step.time for step, y in zip(steps, values, strict=True) if y is not None and y <= _HALF)
        return next(hits, None)

    middle = first([step.survival for step in steps])
    low, high = first([step.low for step in steps]), first([step.high for step in steps])
    return Cell(middle, "days", low, high)


def _columns(spells: Sequence[Spell]) -> dict[str, Any]:
    """Times, events and entries as the library takes them; entries only where somebody enters late."""
    numpy = _numpy()

    columns: dict[str, Any] = {
        "time": numpy.array([spell.exit for spell in spells], dtype=float),
        "status": numpy.array([spell.event for spell in spells], dtype=float),
    }
    if any(spell.entry > 0 for spell in spells):
        columns["entry"] = numpy.array([spell.entry for spell in spells], dtype=float)
    return columns


def _log_rank(held: Mapping[str, Sequence[Spell]]) -> float | None:
    """The chi-square of the log-rank test."""
    numpy = _numpy()

    everybody = [spell for spells in held.values() for spell in spells]
    if len(held) < 2 or not any(spell.event for spell in everybody):
        return None
    place = numpy.repeat(numpy.arange(len(held)), [len(spells) for spells in held.values()])
    try:
        chi2, _ = _duration().survdiff(group=place, **_columns(everybody))
    except numpy.linalg.LinAlgError:
        return None
    return float(chi2) if math.isfinite(chi2) and chi2 >= 0 else None


def _ratios(
    groups: Mapping[str, Sequence[Spell]], held: Mapping[str, Sequence[Spell]]
) -> dict[str, tuple[Cell, Cell]]:
    """Hazard ratios. Without the groups that have no event those of the others are the same: in the limit such a
    group has no hazard, and no part in any set at risk."""
    reference, *others = groups or ("",)
    nothing = (Cell(None, "number"), Cell(None, "p"))
    found = dict.fromkeys(others, nothing)
    telling = {name: held[name] for name in groups if any(spell.event for spell in held.get(name, ()))}
    if reference not in telling or len(telling) < 2:
        return found
    return found | _cox(telling, nothing)


def _cox(groups: Mapping[str, Sequence[Spell]], nothing: tuple[Cell, Cell]) -> dict[str, tuple[Cell, Cell]]:
    """Hazard ratios of the groups after the first one, each of which has an event."""
    numpy = _numpy()

    names = tuple(groups)[1:]
    spells = [(name, spell) for name, held in groups.items() for spell in held]
    exog = numpy.array([[float(name == other) for other in names] for name, _ in spells])
    columns = _columns([spell for _, spell in spells])
    if "entry" in columns:
        # The library counts whoever enters on the day of an event as at risk on it; Stata and this study do not.
        columns["entry"] = numpy.where(columns["entry"] > 0, columns["entry"] + _just_after(columns), 0.0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what did not converge is found below
            fitted = _phreg()(columns.pop("time"), exog, ties="breslow", **columns).fit()
            coefficients, errors, tests = fitted.params, fitted.bse, fitted.pvalues
    except numpy.linalg.LinAlgError:
        return dict.fromkeys(names, nothing)
    z = float(_scipy().norm.ppf(1 - ALPHA / 2))
    return {
        name: (
            Cell(math.exp(b), "number", math.exp(b - z * error), math.exp(b + z * error)),
            Cell(float(p), "p"),
        )
        if math.isfinite(b) and 0 < error < _FLAT
        else nothing
        for name, b, error, p in zip(names, coefficients, errors, tests, strict=True)
    }


def _just_after(columns: Mapping[str, Any]) -> float:
    """Less than half of the least distance between any two times."""
    numpy = _numpy()

    times = numpy.unique(numpy.concatenate((columns["time"], columns["entry"])))
    return float(numpy.diff(times).min()) / 4


def _numpy() -> Any:
    try:
        import numpy
    except ImportError as error:
        raise LibraryMissing(error.name or "numpy") from error
    return numpy


def _duration() -> Any:
    try:
        from statsmodels.duration import survfunc
    except ImportError as error:
        raise LibraryMissing(error.name or "statsmodels") from error
    return survfunc


def _phreg() -> Any:
    try:
        from statsmodels.duration.hazard_regression import PHReg
    except ImportError as error:
        raise LibraryMissing(error.name or "statsmodels") from error
    return PHReg


def _scipy() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise LibraryMissing(error.name or "scipy") from error
    return stats
