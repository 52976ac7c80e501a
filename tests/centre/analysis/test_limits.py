"""Limits of shares and rates against published ones."""

from __future__ import annotations

import pytest

from anifro_desktop.centre.analysis.limits import rate, share


# Newcombe RG, Stat Med 1998;17:857-72, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E,
# table I, method 3 (score, without continuity correction).
@pytest.mark.parametrize(
    ("met", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_published_limits(met: int, total: int, low: float, high: float) -> None:
    found = share(met, total)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.value == met / total


# Garwood F, Biometrika 1936;28:437-42, table: exact limits of a Poisson count.
@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)]
)
def test_a_rate_has_the_published_limits_of_its_count(events: int, low: float, high: float) -> None:
    found = rate(events, 100.0)
    assert found.low == pytest.approx(low, abs=6e-4)
    assert found.high == pytest.approx(high, abs=6e-4)
    assert found.value == events


def test_of_nobody_and_of_no_time_there_is_no_number() -> None:
    assert share(0, 0).value is None
    assert rate(0, 0.0).value is None
