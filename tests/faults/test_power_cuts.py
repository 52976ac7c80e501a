"""A few of the simulated power cuts of `run.py trials faults`, and the proof that they would find a missing sync."""

from __future__ import annotations

from pathlib import Path

import power_cuts
import pytest
from operations import OPERATIONS
from stage import Stage
from striking import Actor

from anifro_desktop.errors import Refusal


def test_nothing_acknowledged_is_lost_by_a_power_cut(struck: Actor, stage: Stage, tmp_path: Path) -> None:
    keys = [name for name, one in OPERATIONS.items() if one.keys]  # where a try takes its time
    for names, count in ((keys, 1), ([name for name in OPERATIONS if name not in keys], 6)):
        for tries in power_cuts.cut_power(struck, stage, tmp_path, names, count):
            assert tries.tried == count


@pytest.mark.parametrize("name", ["autosave_burst", "add_person"])
def test_without_syncs_the_cuts_find_losses(name: str, struck: Actor, stage: Stage, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, Refusal, ValueError)):
        list(power_cuts.cut_power(struck, stage, tmp_path, [name], 60, without=("fsync", "fdatasync")))
