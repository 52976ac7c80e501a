"""From starting the program to its painted unlock screen, against an empty Qt window started in turn.

Each start is a process of its own, timed from before it exists until its first paint, with everything
byte-compiled. The site is made for it, in a temporary folder.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from anifro_desktop.store.doorplate import User
from anifro_desktop.store.vault import FLOOR, create_vault
from benchmarks.harness import Figure, paired

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
LIMIT = 1.6


def start(*arguments: str) -> float:
    """Milliseconds from before the process exists to its first paint."""
    command = [sys.executable, "-m", "benchmarks.start_child", *arguments]
    began = time.perf_counter_ns()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return (int(done.stdout.split()[-1]) - began) / 1e6


def make_site(folder: Path) -> None:
    """As much of a site as the program looks at before it asks for a passphrase: its key file."""
    user = User("AAA", "Practice", ("site_admin", "investigator"))
    create_vault(folder, "P03", user, "a passphrase for practice", cost=FLOOR)


def main() -> list[Figure]:
    if sys.platform.startswith("linux") and not (os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    compileall.compile_dir(ROOT / "anifro_desktop", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        make_site(Path(folder))
        measured = paired(lambda: start("unlock", folder), lambda: start("empty"), ROUNDS)
    reference = f"empty window {measured.reference.median:.0f} ms, in turn, {ROUNDS} pairs"
    return [
        Figure("start to unlock screen, median", measured.ours.median, "ms", None, reference),
        Figure("start to unlock screen, p95", measured.ours.p95, "ms", None, reference),
        Figure("start, against an empty window", measured.ratio, "×", LIMIT, reference),
    ]
