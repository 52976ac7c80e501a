"""The helpers and fixtures of the chain (`tests/endtoend`) serve the workflows too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))
sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))  # packs of an amendment

from study_fixtures import clock, locked_folder, pisa, pisa_template, site, site_folder, study, study_template

__all__ = [
    "clock",
    "locked_folder",
    "pisa",
    "pisa_template",
    "site",
    "site_folder",
    "study",
    "study_template",
]
