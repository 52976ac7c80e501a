"""What a centre of the study's size gives out: the whole report and the data sets, beside a figure of matplotlib.

150 patients over 60 months: every form of each visit, unplanned visits at flares, a dose every four weeks, adverse
events. Each output is the command that a person types, in a process of its own, start of the program included; seconds
are of the processor, since other programs may run. The reference is a figure of 20 curves with 60 steps each, drawn as
SVG, PDF and PNG in this process: it tells how quick the machine is, and most of the report is such drawing.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests" / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "tests" / "forms"))

from centre_sites import PASSPHRASE
from known_truth import Truth
from large_study import LargeStudy

from anifro_desktop.centre.office import create_centre, open_centre
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR
from benchmarks.harness import Figure

PATIENTS, ROUNDS = 150, 5
REPORT, DATASET = 20.0, 10.0  # seconds
OVER_FIGURE = 120.0  # the report over the reference
OUTPUTS = (
    ("whole report", "report", REPORT),
    ("data set, Stata", "dataset", DATASET),
    ("data set, CSV", "dataset --format csv", DATASET),
)


def main() -> list[Figure]:
    """Seconds of each output, and the report's ratio to the reference."""
    reference = statistics.median([_drawn() for _ in range(1 + ROUNDS)][1:])
    with tempfile.TemporaryDirectory(prefix="outputs-") as name:
        folder = Path(name)
        _founded(folder)
        took = {what: _made(folder, words) for what, words, _ in OUTPUTS}
    figures = [
        Figure(f"{what} of {PATIENTS} patients over 60 months", took[what], "s", limit, "of the processor")
        for what, _, limit in OUTPUTS
    ]
    ratio = took["whole report"] / reference
    return [
        *figures,
        Figure(
            "whole report, over a figure",
            ratio,
            "×",
            OVER_FIGURE,
            f"a figure drawn in {1000 * reference:.0f} ms",
        ),
    ]


def _founded(folder: Path) -> None:
    (folder / "secret").write_text(f"{PASSPHRASE}\n")
    person = User("DM1", "Bench", ("data_manager", "statistician"))
    create_centre(folder / "centre", "PISA", "Bench", person, PASSPHRASE, cost=FLOOR)
    with closing(open_centre(folder / "centre", "DM1", PASSPHRASE)) as centre:
        LargeStudy(centre, Truth(through=("m60",))).grow(PATIENTS)


def _made(folder: Path, words: str) -> float:
    to = folder / "output"
    where = ["--to", str(to), "--data", str(folder / "centre"), "--passphrase-file", str(folder / "secret")]
    with (folder / "said").open("w") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "anifro_desktop", "centre", *words.split(), *where],
            stdout=said,
            stderr=said,
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise AssertionError((folder / "said").read_text()[-2000:])
    shutil.rmtree(to)
    return used.ru_utime + used.ru_stime


def _drawn() -> float:
    """The seconds of the processor that the reference takes."""
    from matplotlib.figure import Figure as Sheet

    started = time.process_time()
    sheet = Sheet(figsize=(7.2, 3.6))
    axes = sheet.add_axes((0.1, 0.1, 0.8, 0.8))
    for curve in range(20):
        axes.step(range(60), [1 - place * curve / 2400 for place in range(60)], label=f"curve {curve}")
    axes.legend()
    for kind in ("svg", "pdf", "png"):
        sheet.savefig(io.BytesIO(), format=kind)
    return time.process_time() - started
