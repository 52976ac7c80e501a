"""Flares at assessments become separate events: 30 days apart, each counted once at its highest class."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.scores.flare_events import SEPARATION_DAYS, FlareEvent, flare_events

HERE = Path(__file__).parent
SFI: Any = SimpleNamespace(**runpy.run_path(str(HERE / "second" / "sfi.py")))
CASES = tomllib.loads((HERE.parent / "vectors" / "flare_events.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    flares = [(one["onset"], one.get("flare")) for one in case["assessments"]]
    expected = [FlareEvent(one["onset"], one["flare"], one["assessments"]) for one in case["events"]]
    assert list(flare_events(flares)) == expected


FLARES = st.lists(
    st.tuples(st.integers(-40, 200), st.sampled_from(("none", "mild_moderate", "severe", None)))
)


@given(FLARES, st.randoms(use_true_random=False))
def test_events_are_those_of_the_second_reading_in_any_order(flares: list[Any], chance: Any) -> None:
    found = flare_events(flares)
    assert [(one.onset, one.flare) for one in found] == SFI.events(flares)
    assert sum(one.assessments for one in found) == sum(kind in SFI.CLASSES[1:] for _, kind in flares)
    chance.shuffle(flares)
    assert flare_events(flares) == found


def test_the_separation_is_the_protocols() -> None:
    assert SEPARATION_DAYS == SFI.SEPARATION == 30
