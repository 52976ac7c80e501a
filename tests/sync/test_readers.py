"""A few of the inputs of `run.py trials parsers`: what a stranger may send is refused in the one way, or is ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "trials"))

import parsers


def test_every_reader_refuses_what_nobody_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    parsers.main(5_000)
    assert "5000 inputs" in capsys.readouterr().out
