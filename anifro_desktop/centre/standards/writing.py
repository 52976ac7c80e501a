"""The files of a format, written into a folder, in place of older ones there which the first of them tells from others.

Rules kept here:
- All files are made before the first is put in place.
- A file is written as it is made: the history of thousands of subjects is larger than memory.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from anifro_desktop.centre.dataset import Written
from anifro_desktop.centre.standards import dataset_json, odm, redcap
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.files import cannot_write, make_folder
from anifro_desktop.workflows.outputs import check_output

ODM, DATASET_JSON, REDCAP = "odm", "dataset-json", "redcap"
STANDARDS = (ODM, DATASET_JSON, REDCAP)


def write_standard(folder: Path, holding: Holding, form: str, lang: str, made: Made) -> Written:
    """Write the files of a format. form: one of `STANDARDS`. lang: of the words of REDCap; the others have both
    languages or, as their readers expect, English.

    Raises:
        OutputRefused: another file has the name of one of these; nothing was written.
        FilesError: the folder cannot be written.
    """
    files = _files(holding, form, lang, made)
    if not (folder / next(iter(files))).is_file():
        for name in files:
            check_output(folder / name)
    make_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".dataset-", dir=folder) as drafts:
            for name, pieces in files.items():
                _write(Path(drafts) / name, pieces)
            for name in files:
                (Path(drafts) / name).replace(folder / name)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return Written(dict.fromkeys(files, (0, 0)), holding.excluded)


def _files(holding: Holding, form: str, lang: str, made: Made) -> Mapping[str, Iterable[bytes]]:
    """The files by name, in pieces; first the one that tells them from others."""
    if form == ODM:
        return {
            "anifro_snapshot.xml": _encoded(odm.snapshot(holding, made)),
            "anifro_transactional.xml": _encoded(odm.transactional(holding, made)),
        }
    if form == DATASET_JSON:
        return {
            f"{one.name.lower()}.json": _encoded(dataset_json.document(one, holding, made))
            for one in dataset_json.SETS
        }
    return {
        "redcap_dictionary.csv": [redcap.dictionary(holding.current, lang, holding.packs)],
        "redcap_designations.csv": [redcap.designations(holding.current, holding.packs)],
        "redcap_data.csv": [redcap.data(holding)],
    }


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode("utf-8") for piece in pieces)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
