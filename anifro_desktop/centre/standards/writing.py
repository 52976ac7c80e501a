"""The files of a format, written into a folder, in place of older ones there which the first of them tells from others.

Rules kept here:
- All files are made before the first is put in place.
- They are written while everybody is walked over once (`sheet`): the history of thousands is larger than memory.
- Of a cut there is no history (`history`): a file with one of before would be of other data, and is not left beside.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from anifro_desktop.centre.dataset import Written
from anifro_desktop.centre.standards import dataset_json, odm, redcap
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.sheet import Sheet, write
from anifro_desktop.files import cannot_write, make_folder, sync_file
from anifro_desktop.workflows.outputs import check_output

ODM, DATASET_JSON, REDCAP = "odm", "dataset-json", "redcap"
STANDARDS = (ODM, DATASET_JSON, REDCAP)


def write_standard(folder: Path, holding: Holding, form: str, lang: str, made: Made) -> Written:
    """Write the files of a format. form: one of `STANDARDS`. lang: of the words of REDCap; the others have both
    languages or, as their readers expect, English.

    Raises:
        OutputRefused: another file has the name of one of these; nothing was written.
        CutDiffers: the store does not hold any more what the cut was made of; nothing was written.
        FilesError: the folder cannot be written.
    """
    files = _sheets(holding, form, lang, made)
    names = [one.name for one in files]
    if not (folder / names[0]).is_file():
        for name in names:
            check_output(folder / name)
    if form == ODM and holding.cut is not None:
        check_output(folder / odm.TRANSACTIONAL_FILE)
    make_folder(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".dataset-", dir=folder) as drafts:
            write(Path(drafts), files, holding.walk())
            for name in names:
                sync_file(Path(drafts) / name)
            for name in names:
                (Path(drafts) / name).replace(folder / name)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return Written(dict.fromkeys(names, (0, 0)), holding.excluded)


def _sheets(holding: Holding, form: str, lang: str, made: Made) -> Sequence[Sheet]:
    """The files; first the one that tells them from others."""
    if form == ODM:
        state = odm.snapshot(holding, made)
        return [state] if holding.cut is not None else [state, odm.transactional(holding, made)]
    if form == DATASET_JSON:
        return dataset_json.sheets(holding, made)
    return redcap.sheets(holding, lang)
