"""The study's data set: `subject.dta`, `visit.dta`, `course.dta`, `predictors.dta`, one file a form of events, and a
small `open_anifro.do` that opens and joins them.

Rules kept here:
- One line a subject, one a visit whose summary was received, one a subject's course, one an event. The keys `site
  subj_id` stand in all, `visit_no` or `event_no` beside them.
- Every file is written, also one without a line, so that a program that reads them need not ask.
- Records of older packs stand in the same files: `pack` names the version, and what only they asked has its columns.
- Whoever withdrew the consent for what was collected before stands in no file (`consent`); the codes are told.
- Nothing else is left out, not for being unsigned, differing or outside a window: columns say so, the analyst decides.
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
from anifro_desktop.centre.assembling import CLASSIFICATION, Subject
from anifro_desktop.centre.columns import Variable
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.course import course
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.event_variables import event_rows, event_variables
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.glucocorticoid import Doses, doses
from anifro_desktop.centre.packs import present
from anifro_desktop.centre.planning import months_of, served
from anifro_desktop.centre.predictors import TITLE as _PREDICTORS
from anifro_desktop.centre.predictors import predictor_rows, predictor_variables
from anifro_desktop.centre.rescoring import rescore_classification, rescore_visit, verdict
from anifro_desktop.centre.variables import SubjectRow, VisitRow, subject_variables, visit_variables
from anifro_desktop.files import make_folder, write_atomic
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.workflows.outputs import check_output

DO_FILE = "open_anifro.do"
_STUDY = Label("Anifrolumab nel LES NCT07215754", "Anifrolumab in SLE NCT07215754")
_SUBJECTS = Label("soggetti", "subjects")
_VISITS = Label("visite", "visits")
_COURSES = Label("decorso", "course")
_DO = """* Opens the study's data set: one line a visit, with the columns of its subject and of its course beside it.
* Missing values: . not entered, .a not done, .b not applicable, .c not known, .d refused.
* Events have files of their own, one line an event, by site subj_id event_no:
{events}
* One line a patient, baseline and responses, by site subj_id: predictors.dta
* To add a subject's columns to one of them: merge m:1 site subj_id using "subject.dta"
version 14
clear
use "course.dta"
isid site subj_id
tempfile courses
save `courses'
use "subject.dta", clear
isid site subj_id
drop visit_no
rename (signed pack) (subj_signed subj_pack)
merge 1:1 site subj_id using `courses', assert(match) nogenerate
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
    do-file). excluded: codes of the subjects whose consent for data collected before is withdrawn."""

    files: Mapping[str, tuple[int, int]]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file in the making: its title after the name of the study, its variables and its rows."""

    title: Label
    variables: tuple[Variable, ...]
    rows: Sequence[Any]


def write_dataset(folder: Path, subjects: Sequence[Subject], definitions: Definitions, lang: str) -> Written:
    """Write the data set into a folder, in place of an older one there, which its do-file tells from other files.

    Raises:
        OutputRefused: another file has the name of one of these; nothing was written.
        DatasetRefused: a name, label or value that Stata would not take; nothing was written.
        LibraryMissing: pandas or pyreadstat is not installed.
        FilesError: the folder cannot be written.
    """
    made = tables(subjects, definitions, lang)
    if not (folder / DO_FILE).is_file():
        for name in made:
            check_output(folder / f"{name}.dta")
    make_folder(folder)
    written: dict[str, tuple[int, int]] = {}
    with tempfile.TemporaryDirectory(prefix=".dataset-", dir=folder) as drafts:
        for name, table in made.items():
            columns = [variable.column for variable in table.variables]
            cells = [[variable.cell(row) for variable in table.variables] for row in table.rows]
            title = f"{_STUDY.get(lang)}: {table.title.get(lang)}"
            stata.write(Path(drafts) / f"{name}.dta", columns, cells, title=title, lang=lang)
            written[f"{name}.dta"] = (len(cells), len(columns))
        # The do-file first: a disk that fails in between leaves what the next try knows as a data set.
        write_atomic(folder / DO_FILE, do_file(definitions).encode())
        for file in written:
            write_atomic(folder / file, (Path(drafts) / file).read_bytes())
    return Written({**written, DO_FILE: (0, 0)}, by_consent(subjects).excluded)


def tables(subjects: Sequence[Subject], definitions: Definitions, lang: str) -> dict[str, Table]:
    """Every file of the data set by its name, in the order in which they are written."""
    subjects = by_consent(subjects).usable
    packs = present(subjects)
    made = {
        "subject": Table(
            _SUBJECTS, subject_variables(definitions, lang, packs), subject_rows(subjects, definitions)
        ),
        "visit": Table(_VISITS, visit_variables(definitions, lang, packs), visit_rows(subjects, definitions)),
        "course": Table(_COURSES, course_variables(definitions, lang), [course(item) for item in subjects]),
        "predictors": Table(_PREDICTORS, predictor_variables(definitions, lang), predictor_rows(subjects)),
    }
    for form in definitions.of_level("event"):
        made[form.id] = Table(form.label, event_variables(form, lang, packs), event_rows(subjects, form))
    return made


def do_file(definitions: Definitions) -> str:
    """The do-file that opens the data set."""
    names = [f"*   {form.id}.dta" for form in definitions.of_level("event")]
    return _DO.format(events="\n".join(names))


def subject_rows(subjects: Sequence[Subject], definitions: Definitions) -> list[SubjectRow]:
    """The lines of `subject.dta`, as the subjects come."""
    return [
        SubjectRow(
            subject,
            verdict(rescore_classification(subject, definitions)) if CLASSIFICATION in subject.forms else "",
        )
        for subject in subjects
    ]


def visit_rows(subjects: Sequence[Subject], definitions: Definitions) -> list[VisitRow]:
    """The lines of `visit.dta`, by subject and day."""
    rows = []
    for subject in subjects:
        serves = {visit.key: months_of(planned) for planned, visit in served(subject).items()}
        dose, taken = exposure(subject).first, doses(subject)
        visits = [visit for visit in subject.visits if visit.summary is not None]
        for number, visit in enumerate(visits, 1):
            rows.append(
                VisitRow(
                    visit=visit,
                    number=number,
                    serves=serves.get(visit.key),
                    rescored=verdict(rescore_visit(subject, visit, definitions)),
                    dose_day=dose,
                    taken=taken.get(visit.key, Doses()),
                )
            )
    return rows
