"""The files of each format in a folder: all of them, over their own and over nothing else, with nothing of anybody."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from centre_builders import event
from pack_builders import CURRENT, LIBRARY
from standards_builders import CODE, FIRST, MADE, MOVED_TO, OTHER, PLANTED, PLANTED_DAY

from anifro_desktop.centre.assembling import Received
from anifro_desktop.centre.standards.history import Holding, held
from anifro_desktop.centre.standards.writing import STANDARDS, write_standard
from anifro_desktop.workflows.errors import OutputRefused

FILES = {
    "odm": ["anifro_snapshot.xml", "anifro_transactional.xml"],
    "dataset-json": ["adae.json", "adres.json", "adsl.json", "adtte.json"],
    "redcap": [
        "redcap_data.csv",
        "redcap_designations.csv",
        "redcap_dictionary.csv",
        "redcap_events.csv",
        "redcap_repeating.csv",
    ],
}


@pytest.mark.parametrize("form", STANDARDS)
def test_the_files_stand_there_twice_alike_and_tell_of_nobody(
    form: str, holding: Holding, written: dict[str, Path], tmp_path: Path
) -> None:
    first = {path.name: path.read_bytes() for path in written[form].iterdir()}
    assert sorted(first) == FILES[form]
    shutil.copytree(written[form], tmp_path, dirs_exist_ok=True)
    write_standard(tmp_path, holding, form, "it", MADE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert any(CODE.encode() in text for text in first.values())
    for text in first.values():
        assert PLANTED.encode() not in text
        assert PLANTED_DAY[:10].encode() not in text


@pytest.mark.parametrize("form", STANDARDS)
def test_a_file_of_somebody_else_is_left_alone(form: str, holding: Holding, tmp_path: Path) -> None:
    other = tmp_path / FILES[form][1]
    other.write_text("mine")
    with pytest.raises(OutputRefused):
        write_standard(tmp_path, holding, form, "it", MADE)
    assert [path.name for path in tmp_path.iterdir()] == [other.name]
    assert other.read_text() == "mine"


@pytest.mark.parametrize("form", STANDARDS)
def test_whoever_withdrew_the_consent_for_earlier_data_is_in_no_file(
    form: str, holding: Holding, tmp_path: Path
) -> None:
    gone = replace(event(OTHER, "wd-001", wd_date=800, wd_use_before=0), definition=CURRENT.digest)
    arrived = [
        (Received(kept.site, 1, one.revision, one.deleted), one.came)
        for kept in holding.walk()
        for one in kept.versions
    ]
    arrived.append((Received(MOVED_TO, 1, gone), FIRST))
    done = write_standard(tmp_path, held(arrived, CURRENT, LIBRARY), form, "en", MADE)
    assert done.excluded == (OTHER,)
    for path in tmp_path.iterdir():
        assert OTHER.encode() not in path.read_bytes()
