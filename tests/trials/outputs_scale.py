"""Every output of a centre with many patients: how long each takes, and whether it takes as long for the last patient
as for the first and fits into memory.

`outputs_scale:PATIENTS[,PATIENTS...]`; without: 1000, 2000, 4000, 8000. The centre grows from one size to the next
(`large_study`: drawn courses of up to 60 months, every form of each visit, a dose every four weeks). Each output is
the command that a person types, in a process of its own, timed by the processor since other programs may run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "forms"))

from centre_sites import PASSPHRASE
from large_study import LargeStudy

from anifro_desktop.centre.office import create_centre, open_centre
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR

SIZES = "1000,2000,4000,8000"
WHOLE, LONGEST, MOST = 10_000, 600.0, 4000.0  # patients; of so many: seconds of one output, MB
FLAT = 1.5  # what a patient more takes, from one size to the next, over what one took before
_START = 3.0  # seconds for what does not depend on patients: below, a ratio says nothing


@dataclass(frozen=True)
class Output:
    """A command of the centre. words: as typed; TO stands for a place to write to, CUT for the name of the cut."""

    name: str
    words: str


OUTPUTS = (
    Output("report, whole", "report --to TO"),
    Output("report, short", "report"),
    Output("data set, Stata", "dataset --to TO"),
    Output("data set, CSV", "dataset --to TO --format csv"),
    Output("data set, ODM", "dataset --to TO --format odm"),
    Output("data set, Dataset-JSON", "dataset --to TO --format dataset-json"),
    Output("data set, REDCap", "dataset --to TO --format redcap"),
    Output("cut", "cut CUT --through m06"),
    Output("report of the cut", "report --to TO --cut CUT"),
    Output("quality", "quality --to TO"),
    Output("contradictions", "contradictions"),
    Output("audit review", "audit-review --to TO"),
)


@dataclass(frozen=True)
class Took:
    """What an output took. seconds: of the processor; wall: by the clock; megabytes: at most held."""

    seconds: float
    wall: float
    megabytes: float


def main(_: int, alone: str = "") -> None:
    """Make every output at some sizes, and compare what a patient takes."""
    found: dict[str, list[tuple[int, Took]]] = {one.name: [] for one in OUTPUTS}
    with tempfile.TemporaryDirectory(prefix="outputs-") as name:
        for patients in _grown(Path(name), sorted(map(int, (alone or SIZES).split(",")))):
            for one in OUTPUTS:
                took = _made(Path(name), one, patients)
                found[one.name].append((patients, took))
                print(
                    f"   {patients:>6} patients, {one.name:<22} {took.seconds:7.1f} s, {took.wall:7.1f} s by the "
                    f"clock, {took.megabytes:5.0f} MB",
                    flush=True,
                )
            whole = sum(some[-1][1].seconds for some in found.values())
            print(f"   {patients:>6} patients, all {whole:.0f} s", flush=True)
    for output, sizes in found.items():
        _judge(output, sizes)


def _judge(name: str, sizes: list[tuple[int, Took]]) -> None:
    for patients, took in sizes:
        assert took.seconds * WHOLE <= LONGEST * max(patients, WHOLE), (
            f"{name}: too slow for {WHOLE} patients"
        )
        assert took.megabytes <= MOST, f"{name}: does not fit into memory"
    more = [
        (then.seconds - now.seconds) / (larger - smaller)
        for (smaller, now), (larger, then) in pairwise(sizes)
    ]
    if len(more) > 1 and sizes[-1][1].seconds > _START:
        assert more[-1] <= FLAT * more[0], (
            f"{name}: a patient more takes {more[-1] / more[0]:.2f} times as long"
        )


def _grown(folder: Path, sizes: list[int]) -> Iterator[int]:
    """The centre with so many patients, closed, for each size in turn."""
    (folder / "secret").write_text(f"{PASSPHRASE}\n")
    person = User("DM1", "Synthetic Person", ("data_manager", "statistician"))
    create_centre(folder / "centre", "PISA", "Synthetic centre", person, PASSPHRASE, cost=FLOOR)
    study: LargeStudy | None = None
    for patients in sizes:
        with closing(open_centre(folder / "centre", "DM1", PASSPHRASE)) as centre:
            study = LargeStudy(centre) if study is None else study.again(centre)
            started = time.process_time()
            study.grow(patients - study.patients)
            print(f"   {patients:>6} patients made in {time.process_time() - started:.0f} s", flush=True)
        yield patients


def _made(folder: Path, one: Output, patients: int) -> Took:
    """Let a command make its output, and throw that away."""
    to = folder / "output"
    places = {"TO": str(to / ("made.csv" if "audit" in one.words or "quality" in one.words else ""))}
    places["CUT"] = f"c{patients}"
    to.mkdir()
    words = [places.get(word, word) for word in one.words.split()]
    common = ["--data", str(folder / "centre"), "--passphrase-file", str(folder / "secret"), "--lang", "en"]
    started = time.monotonic()
    with (folder / "said").open("w") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "anifro_desktop", "centre", *words, *common], stdout=said, stderr=said
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - started
    shutil.rmtree(to)
    assert child.returncode == 0, (folder / "said").read_text()[-2000:]
    return Took(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)
