"""The data set of many patients: whether it takes as long for the last as for the first, and fits into memory.

`dataset_scale:PATIENTS[,PATIENTS...]`; without: 1000, 2000, 4000, 8000. One synthetic patient with seven visits is
repeated under other codes. Each size runs in a process of its own, since a process gives no memory back.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "forms"))

from centre_builders import DEFINITIONS, event, received
from centre_population import PATTERN, template

from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.study.subject_code import ALPHABET

VISITS = 7
SIZES = "1000,2000,4000,8000"
FLAT, LONGEST, MOST = 1.5, 600.0, 4000.0  # per patient, last over first; seconds and MB of 10,000 patients


def main(_: int, alone: str = "") -> None:
    """Write the data set of some sizes, and compare what a patient takes."""
    took = []
    for patients in map(int, (alone or SIZES).split(",")):
        done = subprocess.run(
            [sys.executable, __file__, str(patients)], check=True, capture_output=True, text=True
        )
        seconds, megabytes = map(float, done.stdout.split())
        print(f"   {patients} patients: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
        took.append(seconds / patients)
        assert seconds * 10_000 <= LONGEST * max(patients, 10_000), "too slow for 10,000 patients"
        assert megabytes <= MOST, "does not fit into memory"
    assert took[-1] <= FLAT * took[0], f"a patient of the largest took {took[-1] / took[0]:.2f} times as long"


def population(patients: int) -> Iterator[Subject]:
    """Subjects alike but for their codes, one after the other."""
    records = [item for some in template(VISITS) for item in some]
    doses = [
        event(PATTERN, f"ad-{n:03d}", ad_given=1, ad_date=28 * (n - 1), ad_route=1, ad_dose_mg=300)
        for n in range(1, 14)
    ]
    harm = event(PATTERN, "ae-001", aesi_category=0, ae_start=45, ae_grade=2, causality_who=3)
    (pattern,) = subjects(received([*records, *doses, harm]), DEFINITIONS)
    for number in range(patients):
        code = "".join(ALPHABET[number // 32**place % 32] for place in (3, 2, 1, 0))
        yield _renamed(pattern, f"P03-{code}-0")


def _renamed(pattern: Subject, code: str) -> Subject:
    return replace(
        pattern,
        code=code,
        visits=tuple(replace(visit, subject=code) for visit in pattern.visits),
        events=tuple(replace(one, subject=code) for one in pattern.events),
    )


def _one(patients: int) -> None:
    with tempfile.TemporaryDirectory(prefix="dataset-") as folder:
        started = time.process_time()
        write_dataset(Path(folder), population(patients), DEFINITIONS, "en")
        took = time.process_time() - started
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _one(int(sys.argv[1]))
