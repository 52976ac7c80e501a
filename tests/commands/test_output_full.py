"""An answer that cannot be written where it goes: one sentence and the code of the environment, at any length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")  # whose disk is always full


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [["score", "--list"], ["score", "vas"], ["codebook", "markdown"]])
def test_a_full_disk_behind_the_output_is_said_in_one_sentence(words: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "anifro_desktop", *words],
            input='{"raw": 5, "scale": "nrs_0_10"}',
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "disk it goes to is full" in done.stderr
