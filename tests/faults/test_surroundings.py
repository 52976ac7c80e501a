"""Other programs, media, folders, libraries and clocks that are not as they should be; and people planted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import planted
import pytest
import surroundings
from stage import Stage
from told import Tries


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are forked")
def test_of_eight_programs_together_one_unlocks(stage: Stage, tmp_path: Path) -> None:
    assert surroundings.together(stage, tmp_path, 10).tried == 10


@pytest.mark.parametrize(
    "tried", [surroundings.folders, surroundings.old_library, surroundings.clocks, surroundings.unplugged]
)
def test_it_is_refused_or_survived(
    tried: Callable[[Stage, Path], Tries], stage: Stage, tmp_path: Path
) -> None:
    assert tried(stage, tmp_path).tried >= 1


def test_a_small_volume_may_be_full_or_read_only(stage: Stage, tmp_path: Path) -> None:
    try:
        assert surroundings.small_volume(stage, tmp_path, 1).told["acts refused in a sentence"] > 10
        assert surroundings.keys_on_a_small_volume(stage, tmp_path, 4).tried == 4
        assert surroundings.recovery_on_a_small_volume(stage, tmp_path, 6).tried == 6
        assert surroundings.read_only(stage, tmp_path).tried == 1
    except surroundings.CannotMount as reason:
        pytest.skip(str(reason))


@pytest.mark.skipif(sys.platform == "win32", reason="the crash is a signal")
def test_thirty_people_are_found_nowhere_outside_the_encrypted_files(stage: Stage, tmp_path: Path) -> None:
    tries = planted.search(stage, tmp_path, planted.QUICK)
    assert tries.tried == planted.PEOPLE
    assert tries.told["files searched"] > 20
