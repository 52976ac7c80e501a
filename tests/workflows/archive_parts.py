"""A patient to be archived, an archive's own checker, and the lines of its files."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from study_parts import DAY_0, PASSPHRASE, enrol, fill, signed, someone, type_in

from anifro_desktop.workflows import visits
from anifro_desktop.workflows.site import Site

PERSON = someone(3, surname="Archiviatissima", name="Ermenegilda", birth_date=date(1987, 6, 5))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def filled_in(site: Site) -> str:
    """A patient with a baseline signed, amended and signed again, and a further visit in draft; a second patient."""
    subject = enrol(site, PERSON)
    visit = signed(site, subject, "baseline", DAY_0, summary_comment="well & <better>")
    visits.amend(site, visit, 2, "second sheet")
    type_in(site, visit, {"platelets": "90", "temperature_c": {"missing": "not_done"}})
    visits.complete(site, visit)
    visits.sign(site, visit, "responsible", PASSPHRASE)
    fill(site, subject, "m06", date(2026, 9, 4), 1)
    enrol(site, someone(4, surname="Seconda"))
    return subject


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """The archive's own checker in a Python that sees neither this program nor any package."""
    command = [sys.executable, "-I", "-S", str(folder / "verify_archive.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False)
