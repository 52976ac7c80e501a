"""The cohort of 150 patients, whole: its table against the published figures and `docs/cohort.md`, then the
demonstration with three sites, a centre, drafts, signatures, and a bundle lost.

Cases are patients, 150 at most; with fewer the tolerances are not judged. `cohort:write` writes the document anew.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from anifro_desktop.cli import main as program
from anifro_desktop.forms import load
from anifro_desktop.workflows.cohort import table
from anifro_desktop.workflows.cohort.files import as_bytes, courses
from anifro_desktop.workflows.cohort.measuring import measure
from anifro_desktop.workflows.cohort.sessions import type_without_store
from anifro_desktop.workflows.cohort.settings import DOCUMENTED, Plan

DOCUMENT = Path(__file__).parents[2] / "docs" / "cohort.md"


def main(count: int, alone: str = "") -> None:
    """Type the cohort without a store, compare; then play the demonstration with as many."""
    plan = replace(DOCUMENTED, patients=min(count, DOCUMENTED.patients))
    found = _lines(plan)
    document = table.as_markdown(found, "en", plan.patients, plan.seed)
    print(table.as_text(found, "en", plan.patients, plan.seed))
    if alone == "write":
        DOCUMENT.write_text(document, encoding="utf-8")
        return
    if plan == DOCUMENTED:
        off = [line.figure.name for line in found if line.within is not True]
        assert not off, f"out of tolerance at seed {plan.seed}: {off}"
        assert DOCUMENT.read_text(encoding="utf-8") == document, "docs/cohort.md: write it anew"
    _demonstration(plan)


def _lines(plan: Plan) -> list[table.Line]:
    definitions = load()
    patients = [type_without_store(as_bytes(content), definitions, plan.today) for content in courses(plan)]
    return table.lines(measure(patients, plan.today))


def _demonstration(plan: Plan) -> None:
    """The same through sites and centre; its clock is that of the computer, so a figure may move a little."""
    folder = Path(tempfile.mkdtemp(prefix="cohort-"))
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            words = [
                "demo",
                "--patients",
                str(plan.patients),
                "--data",
                str(folder / "study"),
                "--lang",
                "en",
            ]
            assert program(words) == 0
        written = folder / "study" / "results"
        assert "is lost on the way" in said.getvalue()
        assert "scores that the centre computes otherwise: 0" in said.getvalue()
        if plan == DOCUMENTED:
            rows = (written / "cohort.md").read_text(encoding="utf-8")
            assert " | NO | " not in rows, "out of tolerance in the demonstration"
    finally:
        shutil.rmtree(folder)
