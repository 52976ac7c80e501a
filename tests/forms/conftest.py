"""Makes `forms_builders` importable: tests have no packages, so its name is its own in the whole project."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
