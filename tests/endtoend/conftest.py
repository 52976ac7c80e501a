"""Makes `study_parts` and its fixtures importable: tests have no packages, so their names are their own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))

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
