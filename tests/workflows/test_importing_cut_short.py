"""An import that is cut short: by a crash, by a program that dies, by somebody who gives it up; it goes on later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from import_parts import (
    FILE,
    FIRST,
    MAPPING,
    bring,
    csv_of,
    states,
)
from study_parts import PASSPHRASE, TestClock, opened_site

from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.workflows import checking, patients
from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.taking import begin
from anifro_desktop.workflows.site import Site


def test_after_a_crash_the_rows_that_were_done_stay_and_the_next_run_goes_on(
    site_folder: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: the identity file has the second patient, and the clinical one has not."""
    kept = IdentityStore.save
    saved: list[str] = []

    def save(store: IdentityStore, subject: str, *rest: Any) -> Any:
        done = kept(store, subject, *rest)
        saved.append(subject)
        if len(saved) == 2:
            raise KeyboardInterrupt
        return done

    site = opened_site(site_folder, clock)
    with monkeypatch.context() as broken:
        broken.setattr(IdentityStore, "save", save)
        with pytest.raises(KeyboardInterrupt):
            bring(site, FILE)
    site.close()
    site = opened_site(site_folder, clock)
    try:
        assert [row.subject for row in patients.patients(site)] == saved[:1]
        assert states(bring(site, FILE, apply=False)) == ["there", "there", "new"]
        assert states(bring(site, FILE)) == ["there", "there", "new"]
        assert len(patients.patients(site)) == 2
        assert states(bring(site, FILE)) == ["there"] * 3
        assert checking.verify(site) == []
    finally:
        site.close()


DYING = """
import os, sys
from pathlib import Path
sys.path[:0] = sys.argv[4:]
from import_parts import COLUMNS, EXAMPLES, FILE, FIRST, MAPPING, OTHER, SECOND, acts, bring, csv_of, reasons, states
from study_parts import TestClock, opened_site
from anifro_desktop.store.identities import IdentityStore
kept, left = IdentityStore.save, [int(sys.argv[2])]
def save(store, *given):
    left[0] -= 1
    if left[0] == 0 and sys.argv[3] == "before":
        os._exit(9)
    done = kept(store, *given)
    if left[0] == 0:
        os._exit(9)
    return done
IdentityStore.save = save
bring(opened_site(Path(sys.argv[1]), TestClock()), sys.stdin.buffer.read())
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("patient", [1, 3])
def test_a_program_that_dies_in_a_row_loses_that_row_and_no_other(
    site_folder: Path, clock: TestClock, patient: int, moment: str
) -> None:
    """It is gone without a word, around the one write that is not of the row's own transaction."""
    people = [FIRST | {"id": str(n), "cognome": f"Sintetica{c * 4}"} for n, c in enumerate("abcd", start=1)]
    file = csv_of(*people)
    folders = [
        str(Path(__file__).parent),
        str(Path(__file__).parents[1] / "endtoend"),
        str(Path(__file__).parents[2]),
    ]
    words = [sys.executable, "-c", DYING, str(site_folder), str(patient), moment, *folders]
    assert subprocess.run(words, input=file, check=False, timeout=120).returncode == 9
    site = opened_site(site_folder, clock)
    try:
        assert len(patients.patients(site)) == patient - 1
        assert states(bring(site, file)) == ["there"] * (patient - 1) + ["new"] * (5 - patient)
        assert sorted(row.name for row in patients.patients(site)) == sorted(
            f"{p['cognome']} Prova" for p in people
        )
        assert states(bring(site, file)) == ["there"] * 4
        assert checking.verify(site) == []
    finally:
        site.close()


def test_it_may_be_given_up_between_two_patients_and_goes_on_later(site: Site) -> None:
    plan = read_plan(MAPPING.encode(), site.definitions)
    run = begin(site, plan, read_table(FILE, plan.layout), PASSPHRASE)
    while not run.done:
        assert run.go_on()
    part = run.taken()
    assert (run.done, run.rows, part.whole, states(part)) == (2, 3, False, ["new", "new"])
    assert len(site.clinical.subjects()) == 1
    rest = bring(site, FILE)
    assert (rest.whole, states(rest)) == (True, ["there", "there", "new"])
