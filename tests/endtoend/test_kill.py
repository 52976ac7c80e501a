"""A few of the kills of `tests/trials/kills.py`: the window killed while somebody types, nothing confirmed lost."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from leaks import Search
from study_parts import DAY_0, someone

TRIAL = Path(__file__).parents[1] / "trials" / "kills.py"
COUNT = 6


@pytest.fixture(scope="module")
def kills() -> ModuleType:
    """The long trial."""
    spec = importlib.util.spec_from_file_location("kills_trial", TRIAL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_what_was_confirmed_is_there_after_every_kill(kills: ModuleType, tmp_path: Path) -> None:
    told = kills.Trial(tmp_path).run(COUNT)
    assert told["kills"] == COUNT
    assert told["kills during a write"] >= 1
    assert told["answers confirmed"] >= COUNT
    # The program that was killed wrote a log and settings: they know nobody.
    person = someone()
    assert person.birth_date is not None
    assert (tmp_path / "site" / "log").is_dir()
    words = (person.surname, person.hospital_number)
    assert Search(words, (person.birth_date, DAY_0)).in_files(tmp_path) == {}
