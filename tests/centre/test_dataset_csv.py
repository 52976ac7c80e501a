"""The data set as CSV with its codebook, and tables that fill while subjects go by once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from centre_builders import DEFINITIONS, QUIET, course, enrolment, received, visit
from stata_study import study
from test_packs_side_by_side import CURRENT, WITHDRAWN, amended, assembled

from anifro_desktop.centre.answered import names_of
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.assembling import subjects as assemble
from anifro_desktop.centre.dataset import CODEBOOK, CSV, write_dataset
from anifro_desktop.centre.errors import DatasetRefused
from anifro_desktop.centre.tabling import Filling, tables
from anifro_desktop.record import Missing
from anifro_desktop.workflows.errors import OutputRefused


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_what_the_stata_files_hold(tmp_path: Path) -> None:
    subjects = study(3, 12)
    written = write_dataset(tmp_path, iter(subjects), DEFINITIONS, "en", CSV)
    write_dataset(tmp_path, iter(subjects), DEFINITIONS, "en")
    for name in ("subject", "visit", "course", "flare", "period", "adverse_event"):
        frame = pandas.read_stata(tmp_path / f"{name}.dta", convert_missing=True, convert_categoricals=False)
        found = rows(tmp_path / f"{name}.csv")
        assert written.files[f"{name}.csv"] == (len(frame), len(frame.columns)) == (len(found), len(found[0]))
        for column in frame.columns:
            for mine, theirs in zip((row[column] for row in found), frame[column], strict=True):
                if mine == "":
                    assert str(theirs) in {".", ""}
                elif mine.startswith("."):
                    assert mine == str(theirs)
                elif isinstance(theirs, str):
                    assert mine == theirs
                else:
                    assert float(mine) == theirs


def test_a_reason_is_a_letter_a_blank_is_nothing_and_a_whole_number_is_whole(tmp_path: Path) -> None:
    answers = {**QUIET, "platelets": Missing.NOT_DONE, "tjc28": Missing.REFUSED}
    answers.pop("wbc")
    made = [enrolment("P03-7KQF-4"), *visit("P03-7KQF-4", "baseline", 0, answers)]
    write_dataset(tmp_path, assemble(received(made), DEFINITIONS), DEFINITIONS, "it", CSV)
    (row,) = rows(tmp_path / "visit.csv")
    shown = {name: row[name] for name in ("platelets", "tjc28", "wbc", "haemoglobin", "weight_kg", "sjc28")}
    assert shown == {
        "platelets": ".a", "tjc28": ".d", "wbc": "", "haemoglobin": "13.1", "weight_kg": "62.0", "sjc28": "0",
    }  # fmt: skip


def test_the_codebook_tells_every_variable_in_both_languages(tmp_path: Path) -> None:
    write_dataset(tmp_path, [], DEFINITIONS, "it", CSV)
    found = {(row["file"], row["variable"]): row for row in rows(tmp_path / CODEBOOK)}
    for path in tmp_path.glob("*.csv"):
        if path.name != CODEBOOK:
            names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            assert names == [variable for file, variable in found if file == path.stem]
    assert all(row["label_it"] and row["label_en"] for row in found.values())
    platelets = found["visit", "platelets"]
    field = DEFINITIONS.fields["platelets"]
    assert (platelets["label_it"], platelets["unit_en"]) == (
        field.label.it,
        field.unit_label and field.unit_label.en,
    )
    assert (platelets["source"], platelets["field"], platelets["type"]) == ("answer", "platelets", "whole")
    assert (
        platelets["missing_en"]
        == "=not entered | .a=not done | .b=not applicable | .c=not known | .d=refused"
    )
    assert found["visit", "doris"]["source"] == "score"
    assert found["visit", "doris"]["field"] == "doris.value"
    assert found["visit", "doris"]["codes_it"] == "0=non raggiunto | 1=raggiunto"
    assert found["course", "flare1_dy"]["source"] == "centre"
    for field in DEFINITIONS.fields.values():
        if field.export:
            assert any(
                row["field"] == field.id for (_, name), row in found.items() if name in names_of(field)
            )


def test_another_codebook_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "visit.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused):
        write_dataset(tmp_path, [], DEFINITIONS, "it", CSV)
    assert [path.name for path in tmp_path.iterdir()] == ["visit.csv"]


def test_subjects_are_walked_once_and_none_is_kept() -> None:
    walked: list[str] = []

    def passing() -> Iterator[Subject]:
        for subject in study(3, 5):
            walked.append(subject.code)
            yield subject

    filling = Filling(DEFINITIONS, "en")
    for subject in passing():
        filling.add(subject)
    assert walked == sorted(set(walked))
    assert len(filling.table("course")[0]) == 5


@pytest.mark.parametrize("older_first", [True, False])
def test_a_question_that_only_an_older_pack_asked_is_blank_for_the_others(older_first: bool) -> None:
    old, new = assembled(amended()), assemble(received(course("P03-0000-Z")), CURRENT)[0]
    both = [old, new] if older_first else [new, old]
    filling = Filling(CURRENT, "en")
    for subject in both:
        filling.add(subject)
    whole = tables(both, CURRENT, "en")
    for name, table in whole.items():
        filled = filling.table(name)
        assert [one.column for one in filled] == [variable.column for variable in table.variables]
        expected = [[variable.cell(row) for row in table.rows] for variable in table.variables]
        assert [list(one.cells()) for one in filled] == expected
    (asked,) = (one for one in filling.table("visit") if one.column.name == WITHDRAWN)
    assert sorted(filter(None, asked.cells())) == [90, 90]  # type: ignore[type-var]


def test_a_name_that_stata_refuses_is_refused_as_csv_too(tmp_path: Path) -> None:
    bad = replace(DEFINITIONS.fields["phga"], id="long")
    forms = tuple(
        replace(form, sections=(replace(form.sections[0], fields=(bad,)),)) if form.id == "phga" else form
        for form in DEFINITIONS.forms
    )
    with pytest.raises(DatasetRefused, match="long"):
        write_dataset(tmp_path, [], replace(DEFINITIONS, forms=forms), "it", CSV)
    assert not list(tmp_path.iterdir())
