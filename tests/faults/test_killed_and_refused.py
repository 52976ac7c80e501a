"""A few of the kills and refusing disks of `run.py trials faults`: killed at a call, disk full, I/O error."""

from __future__ import annotations

from pathlib import Path

import at_calls
from operations import OPERATIONS
from stage import Stage
from striking import Actor

# One of each way of writing: rows, files, both, a file anew, a folder. The long trial refuses all operations.
REFUSED = ("save_draft", "change_passphrase", "export", "remove_person", "backup")


def test_an_operation_killed_at_any_call_loses_nothing_that_was_acknowledged(
    struck: Actor, stage: Stage, tmp_path: Path
) -> None:
    tries = at_calls.kill(struck, stage, tmp_path, list(OPERATIONS), 30)
    assert tries.tried == 30
    assert tries.told["were done before"] <= 4


def test_a_disk_that_refuses_is_said_in_a_sentence_and_the_second_try_succeeds(
    struck: Actor, stage: Stage, tmp_path: Path
) -> None:
    for tries in at_calls.refuse(struck, stage, tmp_path, REFUSED, 7):
        assert tries.tried == 7
        assert tries.told["refused in a sentence"] >= 4
