"""The files of each format in a folder: all of them, over their own and over nothing else, with nothing of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from centre_builders import event
from pack_builders import CURRENT
from standards_builders import CODE, OTHER, PLANTED, PLANTED_DAY, study

from anifro_desktop.centre.assembling import Received
from anifro_desktop.centre.standards.history import Holding, held
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.writing import STANDARDS, write_standard
from anifro_desktop.workflows.errors import OutputRefused

MADE = Made(datetime(2026, 1, 5, 10, tzinfo=UTC), "1.0")
FILES = {
    "odm": ["anifro_snapshot.xml", "anifro_transactional.xml"],
    "dataset-json": ["adae.json", "adres.json", "adsl.json"],
    "redcap": ["redcap_data.csv", "redcap_designations.csv", "redcap_dictionary.csv"],
}


@pytest.fixture(scope="module")
def holding() -> Holding:
    return study()


@pytest.mark.parametrize("form", STANDARDS)
def test_the_files_stand_there_twice_alike_and_tell_of_nobody(
    form: str, holding: Holding, tmp_path: Path
) -> None:
    write_standard(tmp_path, holding, form, "it", MADE)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(first) == FILES[form]
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
    arrived = [(Received(one.site, 1, one.revision, one.deleted), one.came) for one in holding.versions]
    arrived.append((Received("P03", 1, gone), arrived[0][1]))
    written = write_standard(tmp_path, held(arrived, CURRENT, holding.library), form, "en", MADE)
    assert written.excluded == (OTHER,)
    for path in tmp_path.iterdir():
        assert OTHER.encode() not in path.read_bytes()
