"""The report of a demonstration recounted from its `.dta` files alone: by R, and by its own do-file.

`recount:PATIENTS`; without: 40. The whole way is walked by commands: `demo`, `centre dataset`, `centre report --to`.
Printed is how many tables and numbers there are, and how many differ; none may. Rscript is needed, with the packages
haven, readstata13 and survival. Everybody is invented.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))

from recounted import LISTINGS, Numbers, differences, recounted, tabled, told
from stata_subset import Stata

from anifro_desktop.commands.demo import PASSPHRASE

PATIENTS = "40"


def main(_: int, alone: str = "") -> None:
    """Make the study, its data set and its report, and count again."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        study, data, report = folder / "study", folder / "data", folder / "report"
        _act("demo", "--data", study, "--patients", alone or PATIENTS)
        secret = folder / "passphrase"
        secret.write_text(PASSPHRASE)
        centre = ("--data", study / "centre", "--passphrase-file", secret)
        _act("centre", "dataset", *centre, "--to", data)
        _act("centre", "report", *centre, "--to", report)
        numbers = told({path.stem: path.read_bytes() for path in (report / "tables").glob("*.csv")})
        session = Stata(data)
        session.run((data / "anifro_tables.do").read_text(encoding="utf-8"))
        wrong = [
            *_compared("R", numbers, recounted(data, folder / "again")),
            *_compared("the do-file", numbers, tabled(session.files)),
        ]
    assert not wrong, "\n".join(wrong)


def _act(*words: object) -> None:
    """One command of the program."""
    command = [sys.executable, "-m", "anifro_desktop", *map(str, words), "--lang", "en"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _compared(who: str, report: Numbers, again: Numbers) -> list[str]:
    """What differs, after a line that says how much was compared."""
    found = differences(report, again)
    tables, some = {place.table for place in report}, sum(value is not None for value in report.values())
    print(
        f"   {who}: {len(tables)} tables (without {', '.join(LISTINGS)}), {some} numbers, {len(found)} differ"
    )
    return found
