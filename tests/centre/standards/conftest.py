"""The study of these tests, and its files: made once for all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from standards_builders import MADE, study

from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.writing import STANDARDS, write_standard


@pytest.fixture(scope="session")
def holding() -> Holding:
    return study()


@pytest.fixture(scope="session")
def written(holding: Holding, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each format."""
    folders = {form: tmp_path_factory.mktemp("standards") / form for form in STANDARDS}
    for form, folder in folders.items():
        write_standard(folder, holding, form, "it", MADE)
    return folders
