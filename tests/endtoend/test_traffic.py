"""A quarter of a minute of `tests/trials/traffic.py`: three programs, two servers, a network that fails, kills."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from whole_study import Study

TRIAL = Path(__file__).parents[1] / "trials" / "traffic.py"
SECONDS = 15


@pytest.fixture(scope="module")
def traffic() -> ModuleType:
    """The long trial."""
    spec = importlib.util.spec_from_file_location("traffic_trial", TRIAL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_whatever_fails_between_three_programs_all_is_settled_in_the_end(
    traffic: ModuleType, study: Study
) -> None:
    told = traffic.run(study, SECONDS)
    assert told["network"]["connections"] > 0
    assert told["killed"].total() > 0
    ended = told["at the end"]
    assert ended["bundles"] == ended["bundles with their receipt"] > 0
    assert ended["versions entered"] == ended["versions merged"] > 0
