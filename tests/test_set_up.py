"""`run.py` leaves alone what is not its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_folder_that_the_library_folder_only_points_at_is_not_emptied(tmp_path: Path) -> None:
    for name in ("run.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    others = tmp_path / "others"
    others.mkdir()
    (others / "kept").touch()
    (tmp_path / ".venv").symlink_to(others, target_is_directory=True)
    ran = subprocess.run(
        [sys.executable, "run.py", "test"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 3
    assert "Remove the link" in ran.stderr
    assert [path.name for path in others.iterdir()] == ["kept"]
