"""The helpers and fixtures of the chain (`tests/endtoend`) serve the workflows too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))
sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))  # packs of an amendment

from study_fixtures import clock, locked_folder, pisa, pisa_template, site, site_folder, study, study_template
from study_parts import enrol

from anifro_desktop.workflows.site import Site

__all__ = [
    "clock",
    "locked_folder",
    "pisa",
    "pisa_template",
    "site",
    "site_folder",
    "stick",
    "study",
    "study_template",
    "subject",
]


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled on 4 March 2026, a candidate for anifrolumab."""
    return enrol(site)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
