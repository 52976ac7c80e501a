"""The data set of synthetic subjects, as two independent readers see it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from centre_builders import DEFINITIONS, QUIET, course, enrolment, received, schedule, visit

from anifro_desktop.centre.answered import names_of
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.errors import DatasetRefused
from anifro_desktop.centre.event_variables import event_variables
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.variables import SCORES, subject_variables, visit_variables
from anifro_desktop.record import Missing, Revision


def write(
    folder: Path, revisions: list[Revision], lang: str = "it"
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    write_dataset(folder, subjects(received(revisions), DEFINITIONS), DEFINITIONS, lang)
    return tuple(
        pandas.read_stata(folder / f"{name}.dta", convert_missing=True, convert_categoricals=False)
        for name in ("subject", "visit")
    )  # type: ignore[return-value]


def test_the_worked_patient_comes_out_as_expected(tmp_path: Path) -> None:
    subject, visits = write(tmp_path, course("P03-7KQF-4"))
    assert list(subject["subj_id"]) == ["P03-7KQF-4"]
    assert list(visits["visit_no"]) == [1, 2, 3, 4]
    assert list(visits["visit_dy"]) == [0, 183, 366, 735]
    assert list(visits["dose_dy"]) == [0, 183, 366, 735]
    assert list(visits["serves"]) == [0, 6, 12, 24]
    assert list(visits["sledai2k"]) == [14, 4, 2, 10]
    assert list(visits["sledai2k_clin"]) == [10, 2, 0, 6]
    assert list(visits["sledai2k_sero"]) == [4, 2, 2, 4]
    assert list(visits["sledas_2dp"]) == [13.81, 2.09, 1.12, 8.89]
    assert list(visits["pred_eq"]) == [12.5, 5.0, 5.0, 15.0]
    assert list(visits["doris"]) == [0, 0, 1, 0]
    assert list(visits["lldas"]) == [0, 1, 1, 0]
    assert [str(cell) for cell in visits["lldas_no_new"]] == [".", "1", "1", "0"]
    assert list(visits["sledas_rem"]) == [0, 0, 1, 0]
    assert list(visits["sledas_lda"]) == [0, 1, 1, 0]
    assert list(visits["platelets"]) == [84.0, 132.0, 190.0, 201.0]
    assert list(visits["signed"]) == [1, 1, 1, 1]
    assert list(visits["rescored"]) == [1, 1, 1, 1]


def test_full_precision_is_kept_beside_the_shown_value(tmp_path: Path) -> None:
    _, visits = write(tmp_path, course("P03-7KQF-4"))
    summary = next(
        item for item in course("P03-7KQF-4") if item.visit == "m24" and item.form == "visit_summary"
    )
    assert visits["sledas"][3] == float(summary.scores["sledas"]["value"])  # type: ignore[index, call-overload]
    assert visits["sledas"][3] != visits["sledas_2dp"][3] or visits["sledas"][3] == 8.885


def test_a_global_stands_on_0_3_in_every_row_beside_what_was_marked(tmp_path: Path) -> None:
    calm = {name: value for name, value in QUIET.items() if name != "phga"}
    marks: dict[str, dict[str, Any]] = {
        "baseline": {"phga_scale": 3, "phga_raw": Decimal(17)},
        "m06": {"phga_scale": 2, "phga_raw": Decimal("1.6")},
        "m12": {"phga_scale": 3, "phga_raw": Missing.REFUSED},
        "m24": {"phga_scale": 1, "phga": Decimal("0.4")},
        "m36": {"phga": Decimal("2.5")},
        "m48": {"phga_scale": 2},
    }
    revisions = [enrolment("P03-7KQF-4"), schedule("P03-7KQF-4", "m48")]
    previous = baseline = None
    for day, (key, mark) in enumerate(marks.items()):
        answers = {**calm, **mark}
        revisions += visit("P03-7KQF-4", key, 183 * day, answers, previous, baseline, previous)
        previous = (key, answers)
        baseline = baseline or previous
    _, visits = write(tmp_path, revisions)
    shown = {name: [str(cell) for cell in visits[name]] for name in ("phga", "phga_scale", "phga_raw")}
    assert shown["phga"] == ["0.51", "0.48", ".d", "0.4", "2.5", "."]
    assert shown["phga_scale"] == ["3.0", "2.0", "3.0", "1.0", ".", "2.0"]
    assert shown["phga_raw"] == ["17.0", "1.6", ".d", ".", ".", "."]
    assert [str(cell) for cell in visits["doris_phga"]] == ["0", "1", ".", "1", "0", "."]
    assert list(visits["rescored"]) == [1] * 6


def test_reasons_for_a_missing_value_survive_in_both_readers(tmp_path: Path) -> None:
    answers = {
        **QUIET, "platelets": Missing.NOT_DONE, "fever": Missing.NOT_KNOWN,
        "tjc28": Missing.REFUSED, "urine_rbc_hpf": Missing.NOT_APPLICABLE,
    }  # fmt: skip
    revisions = [enrolment("P03-7KQF-4"), *visit("P03-7KQF-4", "baseline", 0, answers)]
    _, visits = write(tmp_path, revisions)
    frame, meta = pyreadstat.read_dta(tmp_path / "visit.dta", user_missing=True)
    for name, letter in (("platelets", "a"), ("fever", "c"), ("tjc28", "d"), ("urine_rbc_hpf", "b")):
        assert str(visits[name][0]) == f".{letter}"
        assert frame[name][0] == letter
        assert meta.variable_value_labels[name][letter]
    assert str(visits["urine_wbc_hpf"][0]) == "."
    assert frame["urine_wbc_hpf"].isna()[0]
    assert str(visits["sledai2k"][0]) == "."
    assert visits["sledai2k_min"][0] == 0


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_variable_and_every_code_has_its_label_in_the_language(tmp_path: Path, lang: str) -> None:
    write(tmp_path, course("P03-7KQF-4"), lang)
    for name in ("subject", "visit"):
        frame, meta = pyreadstat.read_dta(tmp_path / f"{name}.dta", user_missing=True)
        for column in frame.columns:
            assert meta.column_names_to_labels[column]
        for item in DEFINITIONS.fields.values():
            column = names_of(item)[0]
            if column in frame.columns and item.codes is not None:
                labels = meta.variable_value_labels[column]
                assert {
                    code.value: code.label.get(lang) for code in item.codes.codes
                }.items() <= labels.items()
                assert set("abcd") <= set(labels)


def test_every_exported_field_is_there_and_no_other() -> None:
    made = {
        form.id: variables(DEFINITIONS, "it")
        for level, variables in (("subject", subject_variables), ("visit", visit_variables))
        for form in DEFINITIONS.of_level(level)  # type: ignore[arg-type]
    } | {form.id: event_variables(form, "it") for form in DEFINITIONS.of_level("event")}
    for form in DEFINITIONS.forms:
        names = {variable.column.name for variable in made[form.id]}
        for item in form.fields:
            assert all((name in names) == item.export for name in names_of(item)), item.id
    assert {item.name for item in SCORES} <= {item.column.name for item in made["phga"]}
    assert {item.name for item in CLASSES} <= {item.column.name for item in made["enrolment"]}


def test_names_meet_only_in_the_keys() -> None:
    one = {variable.column.name for variable in subject_variables(DEFINITIONS, "it")}
    two = {variable.column.name for variable in visit_variables(DEFINITIONS, "it")}
    three = {variable.column.name for variable in course_variables(DEFINITIONS, "it")}
    assert one & two == {"site", "subj_id", "visit_no", "signed", "pack"}
    assert (one | two) & three == {"site", "subj_id"}


def test_no_calendar_date_in_any_cell_or_label(tmp_path: Path) -> None:
    write(tmp_path, course("P03-7KQF-4"))
    for name in ("subject", "visit"):
        frame, meta = pyreadstat.read_dta(tmp_path / f"{name}.dta", user_missing=True)
        text = " ".join(str(cell) for column in frame.columns for cell in frame[column])
        assert not re.search(r"(19|20)\d\d-\d\d|\d\d/\d\d/(19|20)\d\d", text)
        assert all(not found.startswith("%t") for found in meta.original_variable_types.values())


def test_an_unsigned_visit_and_a_wrong_score_stand_in_their_columns(tmp_path: Path) -> None:
    revisions = course("P03-7KQF-4")
    for place, item in enumerate(revisions):
        if (item.visit, item.form) == ("m06", "joints"):
            revisions[place] = replace(item, signature={})
        if (item.visit, item.form) == ("m12", "visit_summary"):
            wrong = {**item.scores, "doris": {**item.scores["doris"], "value": False}}  # type: ignore[dict-item]
            revisions[place] = replace(item, scores=wrong)
    _, visits = write(tmp_path, revisions)
    assert list(visits["signed"]) == [1, 0, 1, 1]
    assert list(visits["rescored"]) == [1, 1, 0, 1]
    assert list(visits["doris"]) == [0, 0, 0, 0]  # the site's, not the centre's


def test_days_since_the_first_dose_differ_from_days_since_enrolment(tmp_path: Path) -> None:
    revisions = [enrolment("P03-7KQF-4", dose_day=-150), schedule("P03-7KQF-4", None, day0=-150)]
    revisions += visit("P03-7KQF-4", "u01", 40, QUIET)
    subject, visits = write(tmp_path, revisions)
    assert subject["first_dose_dy"][0] == -150
    assert visits["dose_dy"][0] == 190
    assert visits["serves"][0] == 6  # day 33 is the target, whatever the site called the visit


def test_lines_are_in_order_and_unique(tmp_path: Path) -> None:
    codes = ["P03-7KQF-4", "P03-0000-Z", "P01-ZZZZ-R"]
    _, visits = write(tmp_path, [item for code in codes for item in course(code)])
    keys = list(zip(visits["site"], visits["subj_id"], visits["visit_no"], strict=True))
    assert keys == sorted(keys)
    assert len(set(keys)) == 12


def test_nobody_at_all(tmp_path: Path) -> None:
    subject, visits = write(tmp_path, [])
    assert len(subject) == len(visits) == 0


def test_a_name_that_stata_refuses_leaves_no_file(tmp_path: Path) -> None:
    field = next(item for item in DEFINITIONS.fields.values() if item.id == "phga")
    bad = replace(field, id="long")
    form = DEFINITIONS.form("phga")
    section = replace(form.sections[0], fields=(bad,))
    others = tuple(
        replace(form, sections=(section,)) if item.id == "phga" else item for item in DEFINITIONS.forms
    )
    with pytest.raises(DatasetRefused, match="long"):
        write_dataset(tmp_path, [], replace(DEFINITIONS, forms=others), "it")
    assert not list(tmp_path.iterdir())


def test_the_do_file_names_only_variables_that_are_there(tmp_path: Path) -> None:
    subject, visits = write(tmp_path, [])
    text = (tmp_path / "open_anifro.do").read_text()
    for line in text.splitlines():
        if line.startswith(("isid", "sort")):
            assert set(line.split()[1:]) <= set(subject.columns) | set(visits.columns)


def test_withdrawn_codes_keep_a_label() -> None:
    labels = {item.column.name: item.column.codes for item in visit_variables(DEFINITIONS, "en")}
    for item in DEFINITIONS.fields.values():
        if item.codes and item.codes.withdrawn and item.export and item.form != "enrolment":
            assert {code.value for code in item.codes.withdrawn} <= set(labels[names_of(item)[0]])
