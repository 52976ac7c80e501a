"""The program can photograph itself: every scene, in one combination."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage


def test_every_scene_is_photographed(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    command = [sys.executable, "-m", "anifro_desktop.ui.screens", str(out), "--only", "it-dark-200"]
    made = subprocess.run(
        command,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) >= 30
    for path in pictures:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1366, 768), path.name
