"""The files of other systems' formats for many patients: whether they take as long for the last as for the first, and
fit into memory.

`standards_scale:PATIENTS[,PATIENTS...]`; without: 500, 1000, 2000. One synthetic patient with seven visits is repeated
under other codes, a hundred at a time as the centre reads them. Each size runs in a process of its own, since a process
gives no memory back.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "forms"))

from centre_builders import DEFINITIONS, event
from centre_population import PATTERN, template

from anifro_desktop.centre.assembling import Received
from anifro_desktop.centre.standards.history import Came, held_in_slices
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.writing import STANDARDS, write_standard
from anifro_desktop.forms.library import Library
from anifro_desktop.record import Revision
from anifro_desktop.study.subject_code import ALPHABET

VISITS, SLICE = 7, 100
SIZES = "500,1000,2000"
FLAT, LONGEST, MOST = 1.5, 600.0, 4000.0  # per patient, last over first; seconds and MB of 10,000 patients
CAME = "2026-01-02T09:00:00.000+00:00"


def main(_: int, alone: str = "") -> None:
    """Write the files of each format for some sizes, and compare what a patient takes."""
    for form in STANDARDS:
        took = []
        for patients in map(int, (alone or SIZES).split(",")):
            call = [sys.executable, __file__, form, str(patients)]
            done = subprocess.run(call, check=True, capture_output=True, text=True)
            seconds, megabytes = map(float, done.stdout.split())
            print(f"   {form}, {patients} patients: {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
            took.append(seconds / patients)
            assert seconds * 10_000 <= LONGEST * max(patients, 10_000), "too slow for 10,000 patients"
            assert megabytes <= MOST, "does not fit into memory"
        assert took[-1] <= FLAT * took[0], (
            f"a patient of the largest took {took[-1] / took[0]:.2f} times as long"
        )


def records() -> list[Revision]:
    """What there is of one patient."""
    doses = [
        event(PATTERN, f"ad-{n:03d}", ad_given=1, ad_date=28 * (n - 1), ad_route=1, ad_dose_mg=300)
        for n in range(1, 14)
    ]
    harm = event(PATTERN, "ae-001", aesi_category=0, ae_start=45, ae_grade=2, causality_who=3)
    return [*(item for some in template(VISITS) for item in some), *doses, harm]


def slices(patients: int) -> Iterator[list[Came]]:
    """Patients alike but for their codes."""
    pattern = [(one, one.digest()) for one in records()]
    for start in range(0, patients, SLICE):
        found: list[Came] = []
        for number in range(start, min(patients, start + SLICE)):
            code = "P03-" + "".join(ALPHABET[number // 32**place % 32] for place in (3, 2, 1, 0)) + "-0"
            found += [
                (Received("P03", 1, replace(one, subject=code), digest=digest), CAME)
                for one, digest in pattern
            ]
        yield found


def _one(form: str, patients: int) -> None:
    started = time.process_time()
    holding = held_in_slices(lambda: slices(patients), DEFINITIONS, Library.of(DEFINITIONS))
    with tempfile.TemporaryDirectory(prefix="standards-") as folder:
        write_standard(
            Path(folder) / "out", holding, form, "en", Made(datetime(2026, 1, 5, tzinfo=UTC), "1.0")
        )
    took = time.process_time() - started
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _one(sys.argv[1], int(sys.argv[2]))
