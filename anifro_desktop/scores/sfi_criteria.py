"""What fires the flare index between two assessments: SLEDAI-2K, physician global, and glucocorticoid dose.

Petri M, Buyon J, Kim M. Lupus 1999;8:685-91; the readings are described in `sfi`. Every test is true, false
or unknown, and unknown only while an open answer can still turn it: a PhGA of 0.5 now fires nothing whatever
it was before.

Units: dose mg/day of prednisone equivalent; weight kg; PhGA 0 to 3; SLEDAI-2K points.
"""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.scores.model import Tri, both, negated, nine
from anifro_desktop.study.protocol import PROTOCOL

SLEDAI_MOST = 105
SLEDAI_RISE = 3
SLEDAI_SEVERE_ABOVE = 12
SLEDAI_SEVERE_RISE = PROTOCOL.number("sfi.severe_rise")
PHGA_MOST = 3
PHGA_RISE = 1.0
PHGA_SEVERE_ABOVE = 2.5
DOSE_PER_KG = 0.5


@dataclass(frozen=True, slots=True)
class Points:
    """The SLEDAI-2K criteria. mild: rise of 3, not past 12; mild_bliss: rise of 3; severe: changed to above
    12."""

    mild: Tri
    mild_bliss: Tri
    severe: Tri


@dataclass(frozen=True, slots=True)
class Global:
    """The PhGA criteria. mild: rise of 1, not past 2.5; severe: raised to above 2.5."""

    mild: Tri
    severe: Tri


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose raised for activity. mild: up to 0.5 mg/kg; severe: past it; doubled: to twice or more, or from 0;
    certain: raised for certain, so one of the two; doubled_mild: may be doubled and stay within 0.5 mg/kg;
    only_doubled: cannot be raised without being doubled."""

    mild: Tri
    severe: Tri
    doubled: Tri
    certain: bool
    doubled_mild: bool
    only_doubled: bool


_NOT_RAISED = Dose(False, False, False, certain=False, doubled_mild=False, only_doubled=False)


def sledai_change(before: float | None, now: float | None) -> Points:
    """The SLEDAI-2K criteria from both totals (None = unknown)."""
    if before is None or now is None:
        return _sledai_open(before, now)
    rise = now - before
    past = now > SLEDAI_SEVERE_ABOVE
    severe = past and (before <= SLEDAI_SEVERE_ABOVE or rise >= SLEDAI_SEVERE_RISE)
    return Points(rise >= SLEDAI_RISE and not past, rise >= SLEDAI_RISE, severe)


def phga_change(before: float | None, now: float | None) -> Global:
    """The PhGA criteria from both ratings (None = unknown)."""
    if before is None or now is None:
        return _phga_open(before, now)
    past = nine(now) > PHGA_SEVERE_ABOVE
    return Global(nine(now - before) >= PHGA_RISE and not past, past and nine(now) > nine(before))


def dose_change(before: float | None, now: float | None, weight: float | None, due_to_sle: Tri) -> Dose:
    """The dose criteria from both doses, the weight, and whether a rise is due to SLE (None = unknown).

    A dose of 0 now, or one that did not rise, needs neither weight nor reason.
    """
    before, now = _nine(before), _nine(now)
    known = before is not None and now is not None
    if due_to_sle is False or now == 0 or (before is not None and now is not None and now <= before):
        return _NOT_RAISED
    raised = both(True if known else None, due_to_sle)
    past = _past(now, weight)
    mild = both(raised, negated(past))
    if now is None and _past(before, weight, equal=True):
        mild = False  # wherever it rises to, it is past 0.5 mg/kg
    twice = None if before is None or now is None else now >= nine(2 * before)
    doubled = both(raised, twice)
    twice_is_past = now is None and before is not None and _past(2 * before, weight)
    doubled_mild = doubled is not False and mild is not False and not twice_is_past
    only_doubled = before == 0 or twice is True
    return Dose(mild, both(raised, past), doubled, raised is True, doubled_mild, only_doubled)


def _sledai_open(before: float | None, now: float | None) -> Points:
    """Which criteria the total that is known leaves possible; none is ever certain."""
    if now is not None:
        within = now <= SLEDAI_SEVERE_ABOVE
        rise = _possible(now >= SLEDAI_RISE)
        return Points(rise if within else False, rise, _possible(not within))
    if before is None:
        return Points(None, None, None)
    return Points(
        _possible(before + SLEDAI_RISE <= SLEDAI_SEVERE_ABOVE),
        _possible(before + SLEDAI_RISE <= SLEDAI_MOST),
        _possible(before <= SLEDAI_SEVERE_ABOVE or before + SLEDAI_SEVERE_RISE <= SLEDAI_MOST),
    )


def _phga_open(before: float | None, now: float | None) -> Global:
    if now is not None:
        past = nine(now) > PHGA_SEVERE_ABOVE
        return Global(_possible(nine(now) >= PHGA_RISE and not past), _possible(past))
    if before is None:
        return Global(None, None)
    return Global(
        _possible(nine(before + PHGA_RISE) <= PHGA_SEVERE_ABOVE), _possible(nine(before) < PHGA_MOST)
    )


def _possible(test: bool) -> Tri:
    return None if test else False


def _past(dose: float | None, weight: float | None, *, equal: bool = False) -> Tri:
    """Whether the dose is above 0.5 mg/kg (`equal`: or exactly there)."""
    if dose is None or weight is None:
        return None
    per_kg = nine(dose / weight)
    return per_kg > DOSE_PER_KG or (equal and per_kg == DOSE_PER_KG)


def _nine(value: float | None) -> float | None:
    return None if value is None else nine(value)
