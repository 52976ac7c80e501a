"""The report put into a folder: `report.html`, `report.pdf`, `tables/`, `figures/`, `records.csv`.

Rules kept here:
- All files are made before the first is put in place; one that fails changes nothing in the folder.
- A folder that already holds a report is written anew, and what a former report had and this one has not is left; in
  any other folder no file is written over.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from anifro_desktop.centre.analysis.table import Contents, as_read
from anifro_desktop.centre.publishing.figures import drawn
from anifro_desktop.centre.publishing.listing import records_csv, table_csv
from anifro_desktop.centre.publishing.page import page
from anifro_desktop.centre.publishing.paper import paper
from anifro_desktop.files import make_folder, move, write_pieces
from anifro_desktop.workflows.outputs import check_output

RECORDS = "records.csv"
PAGE, PAPER = "report.html", "report.pdf"


def write_report(folder: Path, contents: Contents, lang: str, made: datetime) -> tuple[str, ...]:
    """Write everything; the names of what was written, below the folder. made: when, with its time zone.

    Raises:
        OutputRefused: another file has the name of one of these; nothing was written.
        LibraryMissing: matplotlib or fpdf2 is not installed.
        FilesError: the folder cannot be written.
    """
    names = file_names(contents)
    if not (folder / RECORDS).is_file() or not (folder / PAGE).is_file():
        for name in names:
            check_output(folder / name)
    make_folder(folder)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as drafts:
        draft = Path(drafts)
        for name, pieces in _files(contents, lang, made):
            make_folder((draft / name).parent)
            write_pieces(draft / name, pieces)
        for name in names:
            make_folder((folder / name).parent)
            move(draft / name, folder / name)
    return names


def file_names(contents: Contents) -> tuple[str, ...]:
    """Every file that a report has. The records come first, then the page: a disk that fails after them leaves what
    the next try knows as a report."""
    tables = (f"tables/{table.name}.csv" for table in contents.tables())
    figures = (
        f"figures/{figure.name}.{kind}"
        for section in contents.sections
        for figure in section.figures
        for kind in ("svg", "pdf", "png")
    )
    return (RECORDS, PAGE, PAPER, *tables, *figures)


def _files(contents: Contents, lang: str, made: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    drawings: dict[str, bytes] = {}
    for section in contents.sections:
        for figure in section.figures:
            files = drawn(figure, lang)
            drawings[figure.name] = files["svg"]
            yield from ((f"figures/{figure.name}.{kind}", [data]) for kind, data in files.items())
    for table in contents.tables():
        yield f"tables/{table.name}.csv", [table_csv(table, lang)]
    yield RECORDS, records_csv(contents)
    shown = as_read(contents)
    yield PAGE, [page(shown, drawings, lang)]
    yield PAPER, [paper(shown, drawings, lang, made)]
