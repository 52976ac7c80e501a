"""Makes the modules of the faults importable, and sets the stage once for each file of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stage import Stage, set_stage
from striking import CANNOT, Actor, actor


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The site on which faults are made; each fault takes a copy."""
    return set_stage(tmp_path_factory.mktemp("stage") / "stage")


@pytest.fixture(scope="module")
def struck(stage: Stage) -> Iterator[Actor]:
    """A process to be struck at its system calls."""
    if CANNOT:
        pytest.skip(CANNOT)
    with actor(stage) as made:
        yield made
