"""The study's data set: `subject`, `visit`, `course`, `flare`, `predictors`, `time`, `period` and one file a form of
events, for Stata with do-files that open them and make the protocol's tables, or as CSV with their codebook.

Rules kept here:
- One line a subject, one a visit whose summary was received, one a subject's course, one a flare, one an analysis of a
  subject's time to an event, one a person-period, one an event. The keys `site subj_id` stand in all, `visit_no`,
  `flare_no`, `endpoint analysis`, `period_no` or `event_no` beside them.
- Every file is written, also one without a line, so that a program that reads them need not ask.
- Records of older packs stand in the same files: `pack` names the version, and what only they asked has its columns.
- Whoever withdrew the consent for what was collected before stands in no file (`consent`); the codes are told.
- Nothing else is left out, not for being unsigned, differing or outside a window: columns say so, the analyst decides.
- No calendar date: days since enrolment, and days since the first dose.
- All files are made and checked before the first is put in place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from anifro_desktop.centre import codebook_rows, stata_file
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.csv_file import as_csv, lines_as_csv
from anifro_desktop.centre.do_files import opening, protocol_tables
from anifro_desktop.centre.tabling import Filling
from anifro_desktop.files import make_folder, write_atomic
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.workflows.outputs import check_output

STATA, CSV = "stata", "csv"
FORMATS = (STATA, CSV)
DO_FILE, TABLES_DO, CODEBOOK = "open_anifro.do", "anifro_tables.do", "codebook.csv"
_SUFFIX = {STATA: ".dta", CSV: ".csv"}
# What stands beside the tables, first the file that tells a data set from other files.
_BESIDE = {STATA: (DO_FILE, TABLES_DO), CSV: (CODEBOOK,)}
_STUDY = Label("Anifrolumab nel LES NCT07215754", "Anifrolumab in SLE NCT07215754")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files by name with their numbers of rows and of variables (0 and 0 for what is no table).
    excluded: codes of the subjects whose consent for data collected before is withdrawn."""

    files: Mapping[str, tuple[int, int]]
    excluded: tuple[str, ...] = ()


def write_dataset(
    folder: Path, subjects: Iterable[Subject], definitions: Definitions, lang: str, form: str = STATA
) -> Written:
    """Write the data set into a folder, in place of an older one there, which one of its files tells from others.

    subjects: walked once, none is kept. form: one of `FORMATS`.

    Raises:
        OutputRefused: another file has the name of one of these; nothing was written.
        DatasetRefused: a name, label or value that Stata would not take; nothing was written.
        LibraryMissing: pandas or pyreadstat is not installed.
        FilesError: the folder cannot be written.
    """
    filling = Filling(definitions, lang)
    beside = _BESIDE[form]
    if not (folder / beside[0]).is_file():
        for name in (*(f"{name}{_SUFFIX[form]}" for name in filling.plans), *beside):
            check_output(folder / name)
    for subject in subjects:
        filling.add(subject)
    make_folder(folder)
    with tempfile.TemporaryDirectory(prefix=".dataset-", dir=folder) as drafts:
        written = _draft(Path(drafts), filling, form)
        words = _words(filling, definitions, form)
        # What marks a data set first: a disk that fails in between leaves what the next try knows as one.
        for name, text in words.items():
            write_atomic(folder / name, text)
        for name in written:
            write_atomic(folder / name, (Path(drafts) / name).read_bytes())
    return Written({**written, **dict.fromkeys(words, (0, 0))}, tuple(filling.excluded))


def _draft(drafts: Path, filling: Filling, form: str) -> dict[str, tuple[int, int]]:
    """Write every table into a folder; how many rows and variables each has."""
    written = {}
    for name, plan in filling.plans.items():
        columns, file = filling.table(name), f"{name}{_SUFFIX[form]}"
        if form == CSV:
            write_atomic(drafts / file, as_csv(columns))
        else:
            title = f"{_STUDY.get(filling.lang)}: {plan.title.get(filling.lang)}"
            stata_file.write(drafts / file, columns, title=title, lang=filling.lang)
        written[file] = (len(columns[0]), len(columns))
    return written


def _words(filling: Filling, definitions: Definitions, form: str) -> dict[str, bytes]:
    """What stands beside the tables."""
    if form == CSV:
        lines = codebook_rows.lines(definitions, filling.packs)
        return {CODEBOOK: lines_as_csv(codebook_rows.Line._fields, lines)}
    return {
        DO_FILE: opening(definitions).encode(),
        TABLES_DO: protocol_tables(definitions, filling.lang).encode(),
    }
