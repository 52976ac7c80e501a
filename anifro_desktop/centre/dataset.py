"""The study's data set: `subject.dta`, `visit.dta`, and a small `open_anifro.do` that opens and joins them.

Rules kept here:
- One line a subject and one a visit whose summary was received; the keys `site subj_id visit_no` stand in
  both.
- Nothing is left out for being unsigned, differing or outside a window: columns say so, the analyst decides.
- No calendar date: days since enrolment, and days since the first dose.
- All files are made and checked before the first is put in place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anifro_desktop.centre import stata
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.planning import months_of, served
from anifro_desktop.centre.rescoring import rescore_visit, verdict
from anifro_desktop.centre.variables import (
    SubjectRow,
    Variable,
    VisitRow,
    subject_variables,
    visit_variables,
)
from anifro_desktop.files import make_folder, write_atomic
from anifro_desktop.forms.model import Definitions

_TITLE = {
    ("subject", "it"): "Anifrolumab nel LES NCT07215754: soggetti",
    ("subject", "en"): "Anifrolumab in SLE NCT07215754: subjects",
    ("visit", "it"): "Anifrolumab nel LES NCT07215754: visite",
    ("visit", "en"): "Anifrolumab in SLE NCT07215754: visits",
}
_DO = """* Opens the study's data set: one line a visit, with the columns of its subject beside it.
* Missing values: . not entered, .a not done, .b not applicable, .c not known, .d refused.
version 14
clear
use "subject.dta"
isid site subj_id
drop visit_no
rename signed subj_signed
tempfile subjects
save `subjects'
use "visit.dta", clear
isid site subj_id visit_no
merge m:1 site subj_id using `subjects', assert(match using) keep(match) nogenerate
compress
sort site subj_id visit_no
describe, short
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files by name with their numbers of rows and of variables (0 and 0 for the
    do-file)."""

    files: Mapping[str, tuple[int, int]]


def write_dataset(folder: Path, subjects: Sequence[Subject], definitions: Definitions, lang: str) -> Written:
    """Write the data set into a folder, in place of an older one there.

    Raises:
        DatasetRefused: a name, label or value that Stata would not take; nothing was written.
        LibraryMissing: pandas or pyreadstat is not installed.
        FilesError: the folder cannot be written.
    """
    tables: dict[str, tuple[tuple[Variable, ...], list[Any]]] = {
        "subject": (subject_variables(definitions, lang), [SubjectRow(subject) for subject in subjects]),
        "visit": (visit_variables(definitions, lang), visit_rows(subjects, definitions)),
    }
    make_folder(folder)
    written: dict[str, tuple[int, int]] = {}
    with tempfile.TemporaryDirectory(prefix=".dataset-", dir=folder) as drafts:
        for name, (variables, rows) in tables.items():
            columns = [variable.column for variable in variables]
            cells = [[variable.cell(row) for variable in variables] for row in rows]
            stata.write(Path(drafts) / f"{name}.dta", columns, cells, title=_TITLE[name, lang], lang=lang)
            written[f"{name}.dta"] = (len(rows), len(columns))
        for file in written:
            write_atomic(folder / file, (Path(drafts) / file).read_bytes())
    write_atomic(folder / "open_anifro.do", _DO.encode())
    return Written({**written, "open_anifro.do": (0, 0)})


def visit_rows(subjects: Sequence[Subject], definitions: Definitions) -> list[VisitRow]:
    """The lines of `visit.dta`, by subject and day."""
    rows = []
    for subject in subjects:
        serves = {visit.key: months_of(planned) for planned, visit in served(subject).items()}
        dose = subject.answers.get("first_dose_date")
        visits = [visit for visit in subject.visits if visit.summary is not None]
        for number, visit in enumerate(visits, 1):
            rows.append(
                VisitRow(
                    visit=visit,
                    number=number,
                    serves=serves.get(visit.key),
                    rescored=verdict(rescore_visit(subject, visit, definitions)),
                    dose_day=dose if isinstance(dose, int) else None,
                )
            )
    return rows
