"""What becomes of a test whose server is not there."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def without(package: str) -> NoReturn:
    """Not run where people install servers themselves; failed where the test command installs them, so that no proof
    is left out unnoticed."""
    said = f"{package} is not installed"
    if shutil.which("apt-get") and os.geteuid() == 0:
        pytest.fail(said)
    pytest.skip(f"not run: {said}")
